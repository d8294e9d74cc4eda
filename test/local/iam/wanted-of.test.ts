import { describe, expect, test } from "@jest/globals";
import type { Call } from "#local/iam/call.ts";
import { wantedOf } from "#local/iam/wanted-of.ts";

const PLACE = {
  region: "eu-west-1",
  accountId: "111122223333",
  objectExists: (_bucket: string, key: string) => key !== "gone",
  partitionKeyOf: (arn: string) => (arn.endsWith("table/state") ? "key" : undefined),
};

interface Request {
  readonly line?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

function call({ line = "POST /", headers = {}, body = "" }: Request): Call {
  const [method = "", url = ""] = line.split(" ");
  const [path = "", query] = url.split("?");
  return {
    method,
    path,
    query: new URLSearchParams(query),
    header: (name) => headers[name],
    body: Buffer.from(typeof body === "string" ? body : JSON.stringify(body)),
  };
}

const wanted = (service: string, request: Request) => {
  const answer = wantedOf(service, call(request), PLACE);
  if (answer.kind === "unknown") return answer.sentence;
  return answer.accesses.map(({ action, resource }) => `${action} ${resource}`);
};
const contexts = (service: string, request: Request) => {
  const answer = wantedOf(service, call(request), PLACE);
  return answer.kind === "accesses" ? answer.accesses.map(({ context }) => Object.fromEntries(context)) : [];
};

const sqs = (operation: string, body: object): Request => ({
  headers: { "x-amz-target": `AmazonSQS.${operation}` },
  body,
});
const dynamodb = (operation: string, body: object): Request => ({
  headers: { "x-amz-target": `DynamoDB_20120810.${operation}` },
  body,
});
const events = (...Entries: object[]): Request => ({
  headers: { "x-amz-target": "AWSEvents.PutEvents" },
  body: { Entries },
});
const QueueUrl = "http://127.0.0.1:4566/111122223333/work";
const WORK = "arn:aws:sqs:eu-west-1:111122223333:work";
const TABLE = "arn:aws:dynamodb:eu-west-1:111122223333:table/state";
const CONNECT = "arn:aws:connect:eu-west-1:111122223333";
const INSTANCE = `${CONNECT}:instance/i`;

describe("what a request asks for", () => {
  test.each<[string, Request, string[]]>([
    ["sqs", sqs("SendMessage", { QueueUrl }), [`sqs:SendMessage ${WORK}`]],
    ["sqs", sqs("SendMessageBatch", { QueueUrl }), [`sqs:SendMessage ${WORK}`]],
    ["sqs", sqs("DeleteMessageBatch", { QueueUrl }), [`sqs:DeleteMessage ${WORK}`]],
    ["sqs", sqs("ChangeMessageVisibilityBatch", { QueueUrl }), [`sqs:ChangeMessageVisibility ${WORK}`]],
    ["sqs", sqs("GetQueueUrl", { QueueName: "work" }), [`sqs:GetQueueUrl ${WORK}`]],
    ["sqs", sqs("ListQueues", {}), ["sqs:ListQueues *"]],
    ["s3", { line: "GET /b/a%20b/c?x-id=GetObject" }, ["s3:GetObject arn:aws:s3:::b/a b/c"]],
    ["s3", { line: "HEAD /b/k" }, ["s3:GetObject arn:aws:s3:::b/k"]],
    ["s3", { line: "GET /b/gone" }, ["s3:GetObject arn:aws:s3:::b/gone", "s3:ListBucket arn:aws:s3:::b"]],
    [
      "s3",
      { line: "GET /b/k?X-Amz-Credential=c&X-Amz-Signature=s&response-content-type=t" },
      ["s3:GetObject arn:aws:s3:::b/k"],
    ],
    ["s3", { line: "GET /k", headers: { host: "b.localhost.test:4566" } }, ["s3:GetObject arn:aws:s3:::b/k"]],
    ["s3", { line: "GET /b/k", headers: { host: "127.0.0.1:4566" } }, ["s3:GetObject arn:aws:s3:::b/k"]],
    ["s3", { line: "PUT /b/k" }, ["s3:PutObject arn:aws:s3:::b/k"]],
    [
      "s3",
      { line: "PUT /b/k", headers: { "x-amz-tagging": "a=b" } },
      ["s3:PutObject arn:aws:s3:::b/k", "s3:PutObjectTagging arn:aws:s3:::b/k"],
    ],
    ["s3", { line: "PUT /b/k?partNumber=1&uploadId=u" }, ["s3:PutObject arn:aws:s3:::b/k"]],
    ["s3", { line: "DELETE /b/k?uploadId=u" }, ["s3:AbortMultipartUpload arn:aws:s3:::b/k"]],
    ["s3", { line: "GET /b?list-type=2&prefix=p" }, ["s3:ListBucket arn:aws:s3:::b"]],
    ["s3", { line: "DELETE /b/" }, ["s3:DeleteBucket arn:aws:s3:::b"]],
    ["s3", { line: "GET /" }, ["s3:ListAllMyBuckets *"]],
    ["dynamodb", dynamodb("GetItem", { TableName: "state", Key: { key: { S: "a" } } }), [`dynamodb:GetItem ${TABLE}`]],
    ["dynamodb", dynamodb("Scan", { TableName: TABLE }), [`dynamodb:Scan ${TABLE}`]],
    ["events", events({}), ["events:PutEvents arn:aws:events:eu-west-1:111122223333:event-bus/default"]],
    [
      "events",
      events({ EventBusName: "bus" }, { EventBusName: "arn:aws:events:eu-west-1:111122223333:event-bus/other" }),
      ["bus", "other"].map((bus) => `events:PutEvents arn:aws:events:eu-west-1:111122223333:event-bus/${bus}`),
    ],
    ["sns", { body: "Action=PublishBatch&TopicArn=arn%3Aaws%3Asns%3At" }, ["sns:Publish arn:aws:sns:t"]],
    ["sts", { body: "Action=GetCallerIdentity" }, []],
    [
      "connect",
      {
        line: "PUT /contact/create-contact",
        body: { InstanceId: "i", RelatedContactId: "c", UserInfo: { UserId: "u" } },
      },
      ["", "/contact/c", "/agent/u"].map((below) => `connect:CreateContact ${INSTANCE}${below}`),
    ],
    [
      "connect",
      { line: "PUT /contact/email", body: { InstanceId: INSTANCE, ContactFlowId: "f" } },
      ["", "/contact-flow/f"].map((below) => `connect:StartEmailContact ${INSTANCE}${below}`),
    ],
    ["connect", { line: "PUT /contact/email", body: { InstanceId: "i" } }, [`connect:StartEmailContact ${INSTANCE}`]],
    [
      "connect",
      { line: "PUT /contact/outbound-email", body: { InstanceId: "i", ContactId: "c" } },
      ["", "/contact/c"].map((below) => `connect:StartOutboundEmailContact ${INSTANCE}${below}`),
    ],
    [
      "connect",
      {
        line: "PUT /contact/outbound-chat",
        body: {
          InstanceId: "i",
          ContactFlowId: `${INSTANCE}/contact-flow/f`,
          SourceEndpoint: { Type: "CONNECT_PHONENUMBER_ARN", Address: `${CONNECT}:phone-number/p` },
        },
      },
      [INSTANCE, `${INSTANCE}/contact-flow/f`, `${CONNECT}:phone-number/p`].map(
        (arn) => `connect:StartOutboundChatContact ${arn}`,
      ),
    ],
    [
      "connect",
      { line: "POST /contact/stop", body: { InstanceId: "i", ContactId: "c" } },
      [`connect:StopContact ${INSTANCE}/contact/c`],
    ],
  ])("of %s: %j", (service, request, expected) => {
    expect(wanted(service, request)).toEqual(expected);
  });

  test.each<[string, Request, RegExp]>([
    ["sqs", sqs("StartMessageMoveTask", { SourceArn: WORK }), /which rights StartMessageMoveTask takes in SQS/],
    ["sqs", { ...sqs("SendMessage", {}), body: "no JSON" }, /which rights SendMessage takes/],
    ["sqs", sqs("SendMessage", {}), /names no queue/],
    ["s3", { line: "PUT /b?policy" }, /which rights PUT policy \/b takes in S3/],
    ["s3", { line: "PUT /b/k", headers: { "x-amz-copy-source": "b/other" } }, /which rights PUT \/b\/k takes/],
    ["s3", { line: "PATCH /b/k" }, /which rights PATCH/],
    [
      "dynamodb",
      dynamodb("TransactWriteItems", { TableName: "state" }),
      /which rights TransactWriteItems takes in DynamoDB/,
    ],
    [
      "dynamodb",
      dynamodb("GetItem", { TableName: "other", Key: { key: { S: "a" } } }),
      /table other is not the template's/,
    ],
    [
      "dynamodb",
      dynamodb("GetItem", { TableName: "state", Key: { id: { S: "a" } } }),
      /no value for the partition key key/,
    ],
    [
      "events",
      { headers: { "x-amz-target": "AWSEvents.PutRule" }, body: {} },
      /which rights PutRule takes in EventBridge/,
    ],
    ["connect", { line: "POST /contact/other", body: { InstanceId: "i" } }, /which rights POST \/contact\/other takes/],
    ["connect", { line: "PUT /contact/email", body: {} }, /names no InstanceId/],
    ["sns", { body: "Action=CreateTopic&Name=t" }, /which rights CreateTopic takes in SNS/],
    ["sts", { body: "Action=AssumeRole" }, /which rights AssumeRole takes in STS/],
    ["kinesis", {}, /requests to kinesis/],
  ])("that nobody knows, of %s: %j, is said to be unknown", (service, request, sentence) => {
    expect(wanted(service, request)).toMatch(sentence);
  });
});

describe("what a request says for conditions", () => {
  test.each<[string, Request, object]>([
    [
      "dynamodb",
      dynamodb("PutItem", { TableName: "state", Item: { key: { S: "a" }, b: { N: "1" } } }),
      { "dynamodb:leadingkeys": ["a"] },
    ],
    [
      "dynamodb",
      dynamodb("UpdateItem", { TableName: "state", Key: { key: { N: "1" } } }),
      { "dynamodb:leadingkeys": ["1"] },
    ],
    [
      "events",
      events({ Source: "billing", DetailType: "Paid" }),
      { "events:source": ["billing"], "events:detail-type": ["Paid"] },
    ],
    ["s3", { line: "GET /b?prefix=p" }, { "s3:prefix": ["p"], "s3:tlsversion": ["1.3"] }],
    [
      "connect",
      { line: "PUT /contact/create-contact", body: { InstanceId: INSTANCE, InitiationMethod: "API" } },
      { "connect:instanceid": ["i"], "connect:contactinitiationmethod": ["API"] },
    ],
    [
      "connect",
      {
        line: "PUT /contact/outbound-chat",
        body: { InstanceId: "i", SegmentAttributes: { "connect:Subtype": { ValueString: "connect:SMS" } } },
      },
      { "connect:instanceid": ["i"], "connect:subtype": ["connect:SMS"] },
    ],
  ])("of %s: %j", (service, request, expected) => {
    expect(contexts(service, request)[0]).toEqual(expected);
  });
});
