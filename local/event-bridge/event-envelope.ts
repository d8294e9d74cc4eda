import type { JsonObject } from "../connect-emulator/json-object.ts";

/** An event as rules see it, in AWS's order. https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html */
export interface EventEnvelope {
  readonly version: "0";
  readonly id: string;
  readonly "detail-type": string;
  readonly source: string;
  readonly account: string;
  /** ISO 8601, whole seconds, `Z`. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: JsonObject;
}

/** An instant, in epoch milliseconds, as events have it. */
export const eventTime = (instantMs: number): string => `${new Date(instantMs).toISOString().slice(0, 19)}Z`;
