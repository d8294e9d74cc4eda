import { ConnectClient, StartEmailContactCommand } from "@aws-sdk/client-connect";
import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { ReceiveMessageCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { describe, expect, test } from "@jest/globals";
import { aLocalSystem } from "../support/a-local-system.ts";
import { aRole } from "../support/a-role.ts";
import { aTable } from "../support/a-table.ts";
import { aWorker } from "../support/a-worker.ts";
import { asFunction } from "./support/as-function.ts";

const USER = /User: arn:aws:sts::000000000000:assumed-role\/[\w-]+\/worker is not authorized to perform: /;
const getAtt = (...path: string[]) => ({ "Fn::GetAtt": path });
const POLL = { Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"], Resource: "*" };
const ROOT = { AWS: "arn:aws:iam::000000000000:root" };
const aKey = {
  Type: "AWS::KMS::Key",
  Properties: { KeyPolicy: { Statement: { Effect: "Allow", Action: "kms:*", Principal: ROOT, Resource: "*" } } },
};

/** A function named `worker` that may do this and no more, beside a table `state` and a bucket `payloads`. */
async function aFunctionThatMay(
  allowed: readonly Readonly<Record<string, unknown>>[],
  { encrypted, resources = {} }: { encrypted?: boolean; resources?: Record<string, unknown> } = {},
) {
  const KeyArn = getAtt("Key", "Arn");
  const rule = { ServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: KeyArn } };
  const encryption = { BucketEncryption: { ServerSideEncryptionConfiguration: [rule] } };
  const worker = aWorker("export const handler = async () => {};", {
    role: aRole(POLL, ...allowed),
    mapping: { Enabled: false },
  });
  const { system } = await aLocalSystem({
    ...worker,
    Resources: {
      ...worker.Resources,
      Key: aKey,
      Letters: {
        Type: "AWS::SQS::Queue",
        Properties: { QueueName: "letters", ...(encrypted && { KmsMasterKeyId: KeyArn }) },
      },
      Table: aTable(
        encrypted ? { SSESpecification: { SSEEnabled: true, SSEType: "KMS", KMSMasterKeyId: KeyArn } } : {},
      ),
      Bucket: { Type: "AWS::S3::Bucket", Properties: { BucketName: "payloads", ...(encrypted && encryption) } },
      ...resources,
    },
  });
  const QueueUrl = system.queueUrls["letters"];
  return { system, ...asFunction(system), send: new SendMessageCommand({ QueueUrl, MessageBody: "x" }), QueueUrl };
}

const item = (key: string) => ({ TableName: "state", Item: { key: { S: key } } });
const object = { Bucket: "payloads", Key: "a" };
const put = new PutObjectCommand({ ...object, Body: "x" });

describe("a call without a right to it fails as it would in AWS", () => {
  test("in SQS", async () => {
    const { sqs, send } = await aFunctionThatMay([]);
    await expect(sqs.send(send)).rejects.toMatchObject({
      name: "AccessDenied",
      message: expect.stringMatching(
        new RegExp(
          `^${USER.source}sqs:sendmessage on resource: arn:aws:sqs:us-east-1:000000000000:letters because no identity-based policy allows the sqs:sendmessage action$`,
        ),
      ),
      $metadata: { httpStatusCode: 403 },
    });
  });

  test("in S3", async () => {
    const { s3 } = await aFunctionThatMay([]);
    await expect(s3.send(put)).rejects.toMatchObject({
      name: "AccessDenied",
      message: expect.stringMatching(/s3:PutObject on resource: "arn:aws:s3:::payloads\/a" because no identity-based/),
      $metadata: { httpStatusCode: 403 },
    });
    await expect(s3.send(new HeadObjectCommand(object))).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
  });

  test("in DynamoDB", async () => {
    const { dynamodb } = await aFunctionThatMay([]);
    await expect(dynamodb.send(new PutItemCommand(item("a")))).rejects.toMatchObject({
      name: "AccessDeniedException",
      message: expect.stringMatching(/dynamodb:PutItem on resource: arn:aws:dynamodb:.*:table\/state because no/),
      $metadata: { httpStatusCode: 400 },
    });
  });

  test("in EventBridge", async () => {
    const { events } = await aFunctionThatMay([]);
    const Entries = [{ Source: "s", DetailType: "d", Detail: "{}" }];
    await expect(events.send(new PutEventsCommand({ Entries }))).rejects.toMatchObject({
      name: "AccessDeniedException",
      message: expect.stringContaining(
        "events:PutEvents on resource: arn:aws:events:us-east-1:000000000000:event-bus/default",
      ),
      $metadata: { httpStatusCode: 400 },
    });
  });

  test("in Connect", async () => {
    const { settings } = await aFunctionThatMay([]);
    const connect = new ConnectClient(settings);
    const call = new StartEmailContactCommand({
      InstanceId: "i",
      FromEmailAddress: { EmailAddress: "a@example.com" },
      DestinationEmailAddress: "b@example.com",
      EmailMessage: { MessageSourceType: "RAW", RawMessage: { Subject: "s", Body: "b", ContentType: "text/plain" } },
    });
    await expect(connect.send(call)).rejects.toMatchObject({
      name: "AccessDeniedException",
      message: expect.stringMatching(
        /connect:StartEmailContact on resource: arn:aws:connect:.*:instance\/i because no/,
      ),
      $metadata: { httpStatusCode: 403 },
    });
  });

  test.each([
    [
      "sns",
      "Action=Publish&TopicArn=arn:aws:sns:us-east-1:000000000000:t&Message=m",
      /<Code>AuthorizationError<.*sns:Publish/,
    ],
    ["sts", "Action=AssumeRole", /<Code>AccessDenied<.*which rights AssumeRole takes/],
  ])("in %s, whose words are XML", async (service, body, answer) => {
    const { settings } = await aFunctionThatMay([]);
    const response = await fetch(settings.endpoint, {
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        authorization: `AWS4-HMAC-SHA256 Credential=${settings.credentials.accessKeyId}/20261120/us-east-1/${service}/aws4_request`,
      },
      body,
    });
    expect(response.status).toBe(403);
    expect(await response.text()).toMatch(answer);
  });
});

describe("a call with the right to it is served", () => {
  test("with its body as it was, large or small", async () => {
    const { sqs, QueueUrl } = await aFunctionThatMay([{ Action: "sqs:SendMessage", Resource: "*" }]);
    const receive = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 1 });
    for (const MessageBody of ["x", "grüße 👍".repeat(80_000)]) {
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
      expect((await sqs.send(receive)).Messages?.[0]?.Body).toBe(MessageBody);
    }
  });

  test("for the items whose keys the condition names, and no others", async () => {
    const { dynamodb } = await aFunctionThatMay([
      {
        Action: ["dynamodb:PutItem", "dynamodb:GetItem"],
        Resource: getAtt("Table", "Arn"),
        Condition: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["mine#*"] } },
      },
    ]);
    await dynamodb.send(new PutItemCommand(item("mine#1")));
    await expect(dynamodb.send(new PutItemCommand(item("yours#1")))).rejects.toThrow("dynamodb:PutItem");
    const yours = new GetItemCommand({ TableName: "state", Key: { key: { S: "yours#1" } } });
    await expect(dynamodb.send(yours)).rejects.toThrow("dynamodb:GetItem");
  });

  test("by a URL that the function has signed, with the function's rights", async () => {
    const { s3 } = await aFunctionThatMay([{ Action: "s3:PutObject", Resource: "arn:aws:s3:::payloads/a" }]);
    await s3.send(put);
    expect((await fetch(await getSignedUrl(s3, put), { method: "PUT", body: "y" })).status).toBe(200);
    const refused = await fetch(await getSignedUrl(s3, new GetObjectCommand(object)));
    expect(refused.status).toBe(403);
    expect(await refused.text()).toContain("s3:GetObject");
  });

  test("to the account's administrators, whoever they are", async () => {
    const { system, send } = await aFunctionThatMay([]);
    const { sqs } = asFunction(system, "nobody");
    await expect(sqs.send(send)).resolves.toMatchObject({ MessageId: expect.any(String) });
  });
});

describe("an object that is not there", () => {
  const read = { Action: "s3:GetObject", Resource: "arn:aws:s3:::payloads/*" };

  test("is refused to those who may not list the bucket", async () => {
    const { s3 } = await aFunctionThatMay([read]);
    await expect(s3.send(new GetObjectCommand(object))).rejects.toMatchObject({
      name: "AccessDenied",
      message: expect.stringContaining('s3:ListBucket on resource: "arn:aws:s3:::payloads"'),
    });
    await expect(s3.send(new HeadObjectCommand(object))).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
  });

  test("is missing for those who may", async () => {
    const { s3 } = await aFunctionThatMay([read, { Action: "s3:ListBucket", Resource: "arn:aws:s3:::payloads" }]);
    await expect(s3.send(new GetObjectCommand(object))).rejects.toMatchObject({ name: "NoSuchKey" });
  });
});

describe("what is encrypted takes rights on its key", () => {
  const everythingBut = { Action: ["sqs:*", "s3:*", "dynamodb:*"], Resource: "*" };
  const key = (...Action: string[]) => ({ Action, Resource: getAtt("Key", "Arn") });

  test("to send, generating a data key and decrypting it", async () => {
    const { sqs, send } = await aFunctionThatMay([everythingBut, key("kms:GenerateDataKey")], { encrypted: true });
    await expect(sqs.send(send)).rejects.toMatchObject({
      name: "KmsAccessDenied",
      message: expect.stringMatching(
        /kms:Decrypt on resource: arn:aws:kms:us-east-1:000000000000:key\/.* because no identity/,
      ),
    });
  });

  test("to receive, decrypting", async () => {
    const { sqs, QueueUrl } = await aFunctionThatMay([everythingBut, key("kms:GenerateDataKey")], { encrypted: true });
    await expect(sqs.send(new ReceiveMessageCommand({ QueueUrl }))).rejects.toThrow("kms:Decrypt");
  });

  test("none at all, where the key is AWS's own", async () => {
    const AwsOwn = { Type: "AWS::SQS::Queue", Properties: { QueueName: "aws-own", KmsMasterKeyId: "alias/aws/sqs" } };
    const { system, sqs } = await aFunctionThatMay([everythingBut], { resources: { AwsOwn } });
    const send = new SendMessageCommand({ QueueUrl: system.queueUrls["aws-own"], MessageBody: "x" });
    await expect(sqs.send(send)).resolves.toBeDefined();
  });

  test("to put an object, generating a data key; to get it, decrypting", async () => {
    const { s3 } = await aFunctionThatMay([everythingBut, key("kms:GenerateDataKey")], { encrypted: true });
    await s3.send(put);
    await expect(s3.send(new GetObjectCommand(object))).rejects.toMatchObject({
      name: "AccessDenied",
      message: expect.stringContaining("kms:Decrypt"),
    });
  });

  test("through the service that the condition names, and no other", async () => {
    const viaDynamoDb = {
      ...key("kms:*"),
      Condition: { StringEquals: { "kms:ViaService": "dynamodb.us-east-1.amazonaws.com" } },
    };
    const { dynamodb, s3 } = await aFunctionThatMay([everythingBut, viaDynamoDb], { encrypted: true });
    await dynamodb.send(new PutItemCommand(item("a")));
    await expect(s3.send(put)).rejects.toThrow("kms:GenerateDataKey");
  });

  test("to touch an item, every one that DynamoDB's documentation names", async () => {
    const { dynamodb } = await aFunctionThatMay([everythingBut, key("kms:Decrypt")], { encrypted: true });
    await expect(dynamodb.send(new PutItemCommand(item("a")))).rejects.toMatchObject({
      name: "AccessDeniedException",
      message: expect.stringContaining("kms:DescribeKey"),
    });
  });

  test("and the key's policy must leave it to the account", async () => {
    const Statement = { Effect: "Allow", Action: "kms:Describe*", Principal: ROOT, Resource: "*" };
    const Key = { Type: "AWS::KMS::Key", Properties: { KeyPolicy: { Statement } } };
    const { s3 } = await aFunctionThatMay([everythingBut, key("kms:*")], { encrypted: true, resources: { Key } });
    await expect(s3.send(put)).rejects.toThrow(
      "because no resource-based policy allows the kms:GenerateDataKey action",
    );
  });
});
