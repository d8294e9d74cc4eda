import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { explained } from "../deployment/explain-aws-error.ts";
import type { OpenDeployment } from "../deployment/open-deployment.ts";
import type { LanePlace } from "./lane-switch.ts";

/** Those that may be received now, those that wait hidden or are with a worker, and those that are delayed. */
const COUNTS = [
  "ApproximateNumberOfMessages",
  "ApproximateNumberOfMessagesNotVisible",
  "ApproximateNumberOfMessagesDelayed",
] as const;

/** How many messages a lane holds, about. */
export async function waitingMessages({ operation, lane }: LanePlace, deployment: OpenDeployment): Promise<number> {
  const { place, published, sqs } = deployment;
  const QueueUrl = published.queueUrls[operation][lane];
  const { Attributes = {} } = await explained("look at the queue of the lane", place, () =>
    sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...COUNTS] })),
  );
  return COUNTS.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
}
