import { declaredOnly } from "./declared-only.ts";

/** Who may use a queue from elsewhere. */
export const sqsQueuePolicy = declaredOnly({
  type: "AWS::SQS::QueuePolicy",
  properties: ["PolicyDocument", "Queues"],
  names: (_properties, { logicalId }) => ({ ref: logicalId, attributes: { Id: logicalId } }),
});
