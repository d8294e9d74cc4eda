/**
 * A JSON text as SQS takes it: byte for byte, but for the two characters that JSON allows and SQS refuses. Those are
 * escaped, which means the same, since JSON has them inside of strings only.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export const sendableText = (json: string): string =>
  json.replaceAll("\uFFFE", "\\uFFFE").replaceAll("\uFFFF", "\\uFFFF");
