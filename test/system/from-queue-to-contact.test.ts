import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import type { ContactRequest } from "#shared/contract/contact-request.ts";
import { asPayloadPointer, pointerBody } from "#shared/envelopes/payload-pointer.ts";
import {
  aChatRequest,
  anEmailContactRequest,
  anOutboundEmailContactRequest,
  aTaskRequest,
} from "#test/support/a-contact-request.ts";
import { aLocalDeployment, type LocalDeployment } from "#test/support/a-local-deployment.ts";
import { AN_INSTANCE } from "#test/support/a-worker.ts";
import { eventually } from "#test/support/eventually.ts";
import { QueueClient, type ReadDeadLetter } from "#test/support/queue-client.ts";
import { quotaOfEach } from "#test/support/small-times.ts";

const QUOTA = { ratePerSecond: 50, burst: 20 };

let deployment: LocalDeployment;
let upstream: QueueClient;
let sqs: SQSClient;
let s3: S3Client;

beforeAll(async () => {
  deployment = await aLocalDeployment({
    settings: {
      quotas: quotaOfEach(QUOTA),
      callTimeoutSeconds: 1,
      closingTimeSeconds: 1,
      retry: { backoffBaseSeconds: 0.05, backoffMaxSeconds: 1 },
      pause: { firstSeconds: 1, maxSeconds: 1 },
    },
    connect: { settings: { quota: { all: QUOTA } } },
  });
  upstream = new QueueClient(deployment.system);
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const client = { endpoint: deployment.system.endpoint, region: "us-east-1", credentials };
  sqs = new SQSClient(client);
  s3 = new S3Client({ ...client, forcePathStyle: true });
});

afterEach(() => {
  deployment.system.connect.setFaults({ all: null, CreateContact: null });
  deployment.system.connect.configure({ caps: { task: 2_500 } });
});

afterAll(async () => {
  await deployment.stop();
});

const contactOf = (requestId: string) =>
  deployment.functionLog
    .map((line) => JSON.parse(line))
    .find((line) => line.requestId === requestId && line.message === "Contact started")?.contactId;

async function contactEventually(requestId: string) {
  await eventually(() => expect(contactOf(requestId)).toBeDefined());
  return deployment.system.connect.contacts().find(({ contactId }) => contactId === contactOf(requestId));
}

async function deadLetterEventually(request: Pick<ContactRequest, "operation">): Promise<ReadDeadLetter> {
  let letters: ReadDeadLetter[] = [];
  await eventually(async () => {
    letters = await upstream.takeDeadLetters(request.operation);
    expect(letters).toHaveLength(1);
  });
  const [letter] = letters;
  if (letter === undefined) throw new Error("There is no dead letter.");
  return letter;
}

describe("from a queue to a contact", () => {
  test.each([
    aTaskRequest({ requestId: "road/task", input: { Name: "Rückruf 📞 お客様" } }),
    anEmailContactRequest({ requestId: "road/e-mail" }),
    aChatRequest({ requestId: "road/chat" }),
  ])("$operation is called once with the input as it was written", async (request) => {
    await upstream.send(request.operation, [JSON.stringify(request)]);
    const contact = await contactEventually(request.requestId);
    expect(contact).toMatchObject({ operation: request.operation, timesAsked: 1 });
    expect(contact?.input).toEqual({
      ...request.input,
      InstanceId: AN_INSTANCE.id,
      ClientToken: contact?.clientToken,
    });
  });

  test("StartOutboundEmailContact is called with the contact that it names", async () => {
    const request = anOutboundEmailContactRequest({ requestId: "road/outbound" });
    await upstream.send(request.operation, [JSON.stringify(request)]);
    await eventually(() => expect(contactOf(request.requestId)).toBe(request.input.ContactId));
  });

  test("the same request twice makes one contact, and the second is answered without a call", async () => {
    const request = aTaskRequest({ requestId: "road/twice" });
    await upstream.send(request.operation, [JSON.stringify(request), JSON.stringify(request)]);
    const answers = () =>
      deployment.functionLog.map((line) => JSON.parse(line)).filter((line) => line.requestId === request.requestId);
    await eventually(() =>
      expect(answers().map(({ message }) => message)).toEqual(
        expect.arrayContaining(["Contact started", "Contact was started before"]),
      ),
    );
    expect(await contactEventually(request.requestId)).toMatchObject({ timesAsked: 1 });
    const ids = answers().flatMap(({ contactId }) => contactId ?? []);
    expect(new Set(ids).size).toBe(1);
  });
});

describe("what cannot become a contact", () => {
  test("is a dead letter with the body byte for byte, its own attributes and group id, and the reason", async () => {
    const body = '{ "requestId":"dead/1",\n"operation": "CreateContact", "input": {"Chanel":"TASK 😀"} }';
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: upstream.urlOf("CreateContact", "live"),
        MessageBody: body,
        MessageGroupId: "billing",
        MessageAttributes: {
          traceId: { DataType: "String", StringValue: "é-1" },
          bytes: { DataType: "Binary", BinaryValue: Uint8Array.from([0, 255]) },
        },
      }),
    );
    const { message, reason } = await deadLetterEventually(aTaskRequest());
    expect(message.Body).toBe(body);
    expect(message.Attributes?.MessageGroupId).toBe("billing");
    expect(message.MessageAttributes).toMatchObject({
      traceId: { DataType: "String", StringValue: "é-1" },
      bytes: { DataType: "Binary", BinaryValue: Uint8Array.from([0, 255]) },
    });
    expect(reason).toMatchObject({ code: "ContractViolation", kind: "invalid", requestId: "dead/1", contact: "none" });
  });

  test("goes to the payload bucket where it is too large to have a reason beside it, and is understood when it comes back", async () => {
    const request = aTaskRequest({ requestId: "dead/large", expiresAt: "2020-01-01T00:00:00Z" });
    const body = `${JSON.stringify(request)}${" ".repeat(1_048_576)}`.slice(0, 1_048_576);
    await upstream.send("CreateContact", []);
    await sqs.send(new SendMessageCommand({ QueueUrl: upstream.urlOf("CreateContact", "live"), MessageBody: body }));

    const first = await deadLetterEventually(request);
    const pointer = asPayloadPointer(JSON.parse(first.message.Body ?? ""));
    const stored = await s3.send(new GetObjectCommand({ Bucket: pointer?.bucket, Key: pointer?.key }));
    expect(await stored.Body?.transformToString()).toBe(body);
    expect(first.reason.code).toBe("Expired");

    const { Body: MessageBody, MessageAttributes } = first.message;
    const attributes = Object.entries(MessageAttributes ?? {}).map(([name, { DataType, StringValue }]) => [
      name,
      { DataType, StringValue },
    ]);
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: upstream.urlOf("CreateContact", "live"),
        MessageBody,
        MessageAttributes: Object.fromEntries(attributes),
      }),
    );
    const again = await deadLetterEventually(request);
    expect(again.reason).toMatchObject({ code: "Expired", requestId: "dead/large" });
    expect(again.message.Body).toBe(first.message.Body);
  });

  test("a payload behind a pointer becomes its contact; one that is gone, or in another bucket, says so", async () => {
    const bucket = deployment.system.outputs["PayloadBucketName"] ?? "";
    const request = aTaskRequest({ requestId: "pointer/1", input: { Description: "x".repeat(4_000) } });
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: "requests/1", Body: JSON.stringify(request) }));
    await upstream.send("CreateContact", [pointerBody({ bucket, key: "requests/1" })]);
    expect((await contactEventually("pointer/1"))?.input).toMatchObject({ Description: "x".repeat(4_000) });

    await upstream.send("CreateContact", [pointerBody({ bucket, key: "requests/gone" })]);
    expect((await deadLetterEventually(request)).reason.code).toBe("PayloadNotFound");
    await upstream.send("CreateContact", [pointerBody({ bucket: "someone-elses", key: "requests/1" })]);
    expect((await deadLetterEventually(request)).reason.code).toBe("PayloadNotOurs");
  });

  test("is refused by Connect, and the reason says how", async () => {
    deployment.system.connect.configure({ instanceIds: ["another"] });
    const request = aTaskRequest({ requestId: "dead/refused" });
    await upstream.send(request.operation, [JSON.stringify(request)]);
    const { reason } = await deadLetterEventually(request);
    deployment.system.connect.configure({ instanceIds: null });
    expect(reason).toMatchObject({ code: "ResourceNotFoundException", kind: "rejected", contact: "none" });
    expect(reason.message).toMatch(/^Amazon Connect answered 404 ResourceNotFoundException/);
  });
});

describe("what may pass is tried again, and nothing is lost", () => {
  test.each([
    ["a lost answer", "lostAnswer", 2],
    ["an answer that never comes", "silentAnswer", 2],
    ["a fault of Connect before the contact was made", "internalErrorBefore", 3],
    ["a fault of Connect after it was made", "internalErrorAfter", 3],
    ["a broken connection", "connectionReset", 3],
    ["a throttle", "throttled", 3],
    ["a missing right", "accessDenied", 2],
    ["a full account", "atCapacity", 2],
  ] as const)("%s", async (what, fault, next) => {
    const request = aTaskRequest({ requestId: `again/${fault}` });
    deployment.system.connect.setFaults({ CreateContact: { [fault]: { next } } });
    await upstream.send(request.operation, [JSON.stringify(request)]);
    const contact = await contactEventually(request.requestId);
    const made = deployment.system.connect.contacts().filter(({ clientToken }) => clientToken === contact?.clientToken);
    expect([what, made.length]).toEqual([what, 1]);
    expect(deployment.system.connect.stats().operations["CreateContact"]?.faults[fault]).toBeGreaterThanOrEqual(next);
  });

  test("a full account: the work goes on when there is room", async () => {
    const refusals = () =>
      deployment.system.connect.stats().operations["CreateContact"]?.answers["ServiceQuotaExceededException"] ?? 0;
    const refusedBefore = refusals();
    deployment.system.connect.configure({ caps: { task: 0 } });
    const requests = Array.from({ length: 15 }, (_, index) => aTaskRequest({ requestId: `full/${index}` }));
    await upstream.send(
      "CreateContact",
      requests.map((request) => JSON.stringify(request)),
    );
    await eventually(() => expect(refusals()).toBeGreaterThan(refusedBefore));
    deployment.system.connect.configure({ caps: { task: 2_500 } });
    for (const { requestId } of requests) await contactEventually(requestId);
    expect(deployment.system.queueDepths()["contact-requests-CreateContact-dead-letters"]?.visible).toBe(0);
  });
});
