import type { MappingState } from "../event-source-mapping/event-source-mapping.ts";
import type { RegisteredMapping } from "./registered-mapping.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_EventSourceMappingConfiguration.html */
export const describedMapping = (
  registered: RegisteredMapping,
  state: MappingState | "Enabling" = registered.mapping.state,
): Readonly<Record<string, unknown>> => ({
  UUID: registered.uuid,
  EventSourceMappingArn: registered.arn,
  EventSourceArn: registered.eventSourceArn,
  FunctionArn: registered.functionArn,
  BatchSize: registered.batchSize,
  MaximumBatchingWindowInSeconds: registered.batchingWindowSeconds,
  FunctionResponseTypes: registered.functionResponseTypes,
  ...(registered.maximumConcurrency !== undefined && {
    ScalingConfig: { MaximumConcurrency: registered.maximumConcurrency },
  }),
  LastModified: registered.mapping.changedAtMs / 1000,
  State: state,
  StateTransitionReason: "USER_INITIATED",
});
