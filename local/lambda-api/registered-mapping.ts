import type { EventSourceMapping } from "../event-source-mapping/event-source-mapping.ts";

/** An event source mapping of the template, with what Lambda's API tells about it. */
export interface RegisteredMapping {
  readonly uuid: string;
  readonly arn: string;
  readonly eventSourceArn: string;
  readonly functionArn: string;
  readonly batchSize: number;
  readonly batchingWindowSeconds: number;
  readonly maximumConcurrency: number | undefined;
  readonly functionResponseTypes: readonly string[];
  readonly mapping: EventSourceMapping;
}
