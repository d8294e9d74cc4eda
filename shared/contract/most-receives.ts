/**
 * How often SQS gives a message out before it moves it to the dead-letter queue, without a reason: a backstop for workers
 * that die, again and again, before they can write anything. SQS takes no more.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
 */
export const MOST_RECEIVES = 1_000;
