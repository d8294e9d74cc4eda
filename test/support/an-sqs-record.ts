import type { Context, SQSRecord } from "aws-lambda";

/** A record as Lambda gives it to a function. */
export const anSqsRecord = (overrides: Partial<SQSRecord> = {}): SQSRecord => ({
  messageId: "5fea7756-0ea4-451a-a703-a558b933e274",
  receiptHandle: "receipt-1",
  body: "{}",
  attributes: {
    ApproximateReceiveCount: "1",
    SentTimestamp: "1795176000000",
    SenderId: "AIDAIENQZJOLO23YVJ4VO",
    ApproximateFirstReceiveTimestamp: "1795176000000",
  },
  messageAttributes: {},
  md5OfBody: "99914b932bd37a50b983c5e7c90ae93b",
  eventSource: "aws:sqs",
  eventSourceARN: "arn:aws:sqs:us-east-1:000000000000:contact-requests-CreateContact-live",
  awsRegion: "us-east-1",
  ...overrides,
});

/** The context of an invocation that has a minute left. */
export const aContext = (): Context => ({
  callbackWaitsForEmptyEventLoop: true,
  functionName: "contact-requests-CreateContact",
  functionVersion: "$LATEST",
  invokedFunctionArn: "arn:aws:lambda:us-east-1:000000000000:function:contact-requests-CreateContact",
  memoryLimitInMB: "256",
  awsRequestId: "c6af9ac6-7b61-11e6-9a41-93e8deadbeef",
  logGroupName: "/aws/lambda/contact-requests-CreateContact",
  logStreamName: "2026/11/20/[$LATEST]a",
  getRemainingTimeInMillis: () => 60_000,
  done: () => {},
  fail: () => {},
  succeed: () => {},
});
