import type { Fauxqs } from "../fauxqs/start-fauxqs.ts";

type SqsStore = Fauxqs["sqsStore"];

/** The queue with exactly this ARN: a template that names another Region or account is wired wrongly. */
export const queueByArn = (sqsStore: SqsStore, arn: string): ReturnType<SqsStore["getQueueByArn"]> =>
  [...sqsStore.allQueues()].find((queue) => queue.arn === arn);
