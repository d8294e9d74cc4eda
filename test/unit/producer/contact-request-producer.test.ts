import { createHash } from "node:crypto";
import { SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import {
  type ContactRequest,
  ContactRequestProducer,
  type ContactRequestProducerOptions,
  type SendOutcome,
} from "#producer/contact-request-producer.ts";
import { parseContactRequest } from "#shared/contract/contact-request.ts";
import { OPERATIONS } from "#shared/contract/operation.ts";
import { aChatRequest, anEmailContactRequest, aTaskRequest } from "#test/support/a-contact-request.ts";
import { aRequestFor } from "#test/support/a-request-for.ts";
import { PAYLOAD_BUCKET, type SqsAndS3, startSqsAndS3 } from "#test/support/sqs-and-s3.ts";

async function gathered(outcomes: AsyncIterable<SendOutcome>): Promise<SendOutcome[]> {
  const gathered: SendOutcome[] = [];
  for await (const outcome of outcomes) gathered.push(outcome);
  return gathered;
}

const aLargeEmail = (requestId: string, body = "é".repeat(600_000)) =>
  anEmailContactRequest({
    requestId,
    source: "billing",
    input: {
      EmailMessage: { MessageSourceType: "RAW", RawMessage: { Subject: "", Body: body, ContentType: "text/plain" } },
    },
  });

let services: SqsAndS3;
beforeAll(async () => {
  services = await startSqsAndS3();
});
afterEach(async () => {
  for (const operation of OPERATIONS)
    for (const lane of ["live", "backfill"] as const) await services.take(operation, lane);
});
afterAll(async () => services.stop());

const aProducer = (options: ContactRequestProducerOptions = {}) =>
  new ContactRequestProducer({ client: services.sqs, s3: services.s3, ...options });

describe("a producer", () => {
  test.each(OPERATIONS)("sends a request for %s to the live queue of its operation", async (operation) => {
    const request = aRequestFor(operation, "a/1");
    const outcome = await aProducer().send(request);

    const [message, ...others] = await services.take(operation);
    expect(outcome).toEqual({ index: 0, requestId: "a/1", kind: "sent", messageId: message?.MessageId });
    expect(JSON.parse(message?.Body ?? "")).toEqual(request);
    expect(others).toEqual([]);
  });

  test("sends to the lane, the deployment and the queue that it is told", async () => {
    await aProducer({ lane: "backfill" }).send(aTaskRequest({ requestId: "a/backfill" }));
    expect(await services.take("CreateContact", "backfill")).toHaveLength(1);

    const url = `${services.address}/000000000000/contact-requests-CreateContact-backfill`;
    await aProducer({ prefix: "elsewhere", queueUrls: { CreateContact: url } }).send(aTaskRequest());
    expect(await services.take("CreateContact", "backfill")).toHaveLength(1);

    const [outcome] = await gathered(aProducer({ prefix: "elsewhere" }).sendMany([aTaskRequest()]));
    expect(outcome).toMatchObject({
      kind: "failed",
      isFinal: true,
      reason: expect.stringMatching(/^the queue elsewhere-CreateContact-live cannot be used .*check the prefix/),
    });
  });

  test("makes the source the group of a message, the request's own before the producer's", async () => {
    const producer = aProducer({ source: "billing" });
    await producer.send(aTaskRequest({ requestId: "a/1" }));
    await producer.send(aTaskRequest({ requestId: "a/2", source: "crm" }));
    await aProducer().send(aTaskRequest({ requestId: "a/3" }));

    const messages = await services.take("CreateContact");
    expect(
      messages.map(({ Attributes, Body = "" }) => [Attributes?.["MessageGroupId"], JSON.parse(Body).source]),
    ).toEqual([
      ["billing", "billing"],
      ["crm", "crm"],
      [undefined, undefined],
    ]);
  });

  test("answers each request in order, whatever becomes of the others", async () => {
    const wrong = { ...aTaskRequest({ requestId: "a/2" }), input: { "Ada Lovelace": 1 } } as unknown as ContactRequest;
    const illegible = { requestId: "Ada Lovelace" } as unknown as ContactRequest;
    const outcomes = await gathered(
      aProducer().sendMany([
        aTaskRequest({ requestId: "a/1" }),
        wrong,
        illegible,
        aLargeEmail("a/4"),
        aChatRequest({ requestId: "a/5" }),
      ]),
    );

    expect(outcomes).toEqual([
      { index: 0, requestId: "a/1", kind: "sent", messageId: expect.any(String) },
      { index: 1, requestId: "a/2", kind: "refused", issues: expect.any(Array) },
      { index: 2, requestId: null, kind: "refused", issues: expect.any(Array) },
      { index: 3, requestId: "a/4", kind: "failed", isFinal: true, reason: expect.stringContaining("payloadBucket") },
      { index: 4, requestId: "a/5", kind: "sent", messageId: expect.any(String) },
    ]);
    expect(JSON.stringify(outcomes)).not.toContain("Lovelace");
    expect(await services.take("CreateContact")).toHaveLength(1);
  });

  test("refuses what the contract refuses, with the same issues", async () => {
    const wrong = { requestId: "a/1", operation: "CreateContact", input: { Channel: "CHAT" } };
    const outcome = await aProducer().send(wrong as unknown as ContactRequest);
    const parsed = parseContactRequest(wrong);

    expect(parsed.ok).toBe(false);
    expect(outcome).toMatchObject({
      kind: "refused",
      issues: parsed.ok ? [] : parsed.error.map(({ code, message }) => ({ code, message })),
    });
  });

  test("sends what it has checked, and no member that JSON would not carry", async () => {
    await aProducer().send({ ...aTaskRequest({ requestId: "a/1" }), expiresAt: undefined });

    const [message] = await services.take("CreateContact");
    expect(message?.Body).toBe(
      '{"requestId":"a/1","operation":"CreateContact","input":{"Channel":"TASK","InitiationMethod":"API"}}',
    );
  });

  test("makes a requestId when it is told how, and only for requests that have none", async () => {
    let count = 0;
    const producer = new ContactRequestProducer({
      client: services.sqs,
      generateRequestId: () => {
        count += 1;
        return `billing/${count}`;
      },
    });
    const { requestId: _, ...draft } = aTaskRequest();
    const outcomes = await gathered(producer.sendMany([draft, aTaskRequest({ requestId: "a/own" }), draft]));
    expect(outcomes.map(({ requestId }) => requestId)).toEqual(["billing/1", "a/own", "billing/2"]);

    const unasked = await aProducer().send(draft as ContactRequest);
    expect(unasked).toMatchObject({
      kind: "refused",
      requestId: null,
      issues: [{ path: "requestId", code: "required" }],
    });
  });

  test("takes a source of any length, from a generator as from a list", async () => {
    async function* requests() {
      for (let index = 0; index < 45; index += 1) yield aTaskRequest({ requestId: `a/${index}` });
    }
    const outcomes = await gathered(aProducer({ readAhead: 12 }).sendMany(requests()));

    expect(outcomes.map(({ kind, requestId }) => [kind, requestId])).toEqual(
      Array.from({ length: 45 }, (_, index) => ["sent", `a/${index}`]),
    );
    expect(await services.take("CreateContact")).toHaveLength(45);
  });

  test("closes its source when the reader leaves", async () => {
    let isClosed = false;
    function* endless() {
      try {
        for (let index = 0; ; index += 1) yield aTaskRequest({ requestId: `a/${index}` });
      } finally {
        isClosed = true;
      }
    }
    for await (const { index } of aProducer().sendMany(endless())) if (index === 3) break;

    expect(isClosed).toBe(true);
  });

  test.each<[options: object, sentence: string]>([
    [{ offloadAboveBytes: 1_048_577 }, "offloadAboveBytes is 1048577: give a whole number from 0 to 1048576"],
    [{ readAhead: 0 }, "readAhead is 0: give a whole number from 1, or leave it out."],
    [{ readAhead: "100" }, 'readAhead is "100": give a whole number'],
    [{ parallelBatches: 1.5 }, "parallelBatches is 1.5"],
    [{ lingerMs: -1 }, "lingerMs is -1"],
    [{ retry: { tries: 0, baseMs: 1, maxMs: 1 } }, "retry.tries is 0"],
    [{ retry: { tries: 1, baseMs: -1, maxMs: 1 } }, "retry.baseMs is -1"],
    [{ retry: { tries: 1, baseMs: 1 } }, "retry.maxMs is missing: give a whole number, or no retry at all."],
    [{ retry: { tries: 1, baseMs: 1, maxMS: 1 } }, "There is no option retry.maxMS: did you mean retry.maxMs?"],
    [{ lane: "fast" }, 'lane is "fast": give "live" or "backfill", or leave it out.'],
    [{ source: "b", payloadBuket: "x" }, "There is no option payloadBuket: did you mean payloadBucket?"],
    [{ verbose: true }, "There is no option verbose. The options are prefix, lane, "],
    [
      { source: "the billing" },
      "source must be 1 to 100 printable ASCII characters without spaces: name who asks, as in",
    ],
    [{ source: "" }, "source must be 1 to 100 printable"],
    [{ source: "x".repeat(101) }, "source must be 1 to 100 printable"],
    [{ source: 5 }, "source must be 1 to 100 printable"],
    [{ client: {} }, "client has no method send: give an SQSClient of @aws-sdk/client-sqs, or leave it out."],
    [{ s3: "eu-central-1" }, "s3 has no method send: give an S3Client of @aws-sdk/client-s3, or leave it out."],
    [
      { generateRequestId: "billing/1" },
      "generateRequestId is no function: give one that makes an id, or leave it out.",
    ],
    [{ prefix: "" }, "prefix is no text of at least one character: give the"],
    [{ payloadBucket: "" }, "payloadBucket is no text of at least one character: give the"],
    [{ queueOwnerAccountId: 111122223333 }, "queueOwnerAccountId is no text"],
    [
      { queueUrls: { CreateContat: "http://127.0.0.1" } },
      "There is no option queueUrls.CreateContat: did you mean queueUrls.CreateContact?",
    ],
    [{ queueUrls: { CreateContact: 1 } }, "queueUrls.CreateContact is no text"],
    [{ queueUrls: "http://127.0.0.1" }, "queueUrls is no object"],
    [["billing"], "The options are no object: give one, as in { source:"],
  ])("cannot be made with %j", (options, sentence) => {
    expect(() => new ContactRequestProducer(options)).toThrow(sentence);
  });

  test("takes undefined for an option that is left out, as callers in JavaScript do", async () => {
    const options: object = { client: services.sqs, prefix: undefined, lane: undefined, retry: undefined };

    expect(await new ContactRequestProducer(options).send(aTaskRequest())).toMatchObject({ kind: "sent" });
  });

  test("rejects when it was aborted before, and sends nothing", async () => {
    const signal = AbortSignal.abort(new Error("shutting down"));

    await expect(aProducer().send(aTaskRequest(), { signal })).rejects.toThrow("shutting down");
    expect(await services.take("CreateContact")).toEqual([]);
  });

  test.each([
    ["the queue was looked up", {}],
    ["it was sent", { CreateContact: "http://127.0.0.1:1/000000000000/queue" }],
  ])("says of a request that it failed when it was aborted while %s", async (_name, queueUrls) => {
    const ending = new AbortController();
    const handle = async (_request: unknown, { abortSignal }: { abortSignal?: AbortSignal } = {}) =>
      new Promise<never>((_resolve, reject) => {
        abortSignal?.addEventListener("abort", () =>
          reject(Object.assign(new Error("aborted"), { name: "AbortError" })),
        );
        ending.abort();
      });
    const client = new SQSClient({ ...services.client, requestHandler: { handle } });

    expect(await aProducer({ client, queueUrls }).send(aTaskRequest(), { signal: ending.signal })).toMatchObject({
      kind: "failed",
      isFinal: false,
    });
  });
});

describe("a request that is too large for SQS", () => {
  test("goes through the payload bucket, and its message is a pointer of the Extended Client Library", async () => {
    const large = aLargeEmail("a/large");
    const outcome = await aProducer({ payloadBucket: PAYLOAD_BUCKET }).send(large);

    const [key = ""] = await services.keys();
    const body = await services.object(key);
    expect(JSON.parse(body)).toEqual(large);
    expect(key).toBe(`payloads/${createHash("sha256").update(body).digest("hex")}.json`);
    const [message] = await services.take("StartEmailContact");
    expect(outcome).toMatchObject({ kind: "sent", messageId: message?.MessageId });
    expect(JSON.parse(message?.Body ?? "")).toEqual([
      "software.amazon.payloadoffloading.PayloadS3Pointer",
      { s3BucketName: PAYLOAD_BUCKET, s3Key: key },
    ]);
    expect(message?.MessageAttributes).toEqual({
      ExtendedPayloadSize: { DataType: "Number", StringValue: String(Buffer.byteLength(body)) },
    });
    expect(message?.Attributes?.["MessageGroupId"]).toBe("billing");
  });

  test("is one object however often it is sent, and each of its messages points to it", async () => {
    const before = await services.keys();
    const producer = aProducer({ payloadBucket: PAYLOAD_BUCKET });
    const twice = aLargeEmail("a/twice", "x".repeat(1_100_000));
    await gathered(producer.sendMany([twice, twice]));

    expect(await services.keys()).toHaveLength(before.length + 1);
    expect(await services.take("StartEmailContact")).toHaveLength(2);
  });

  test("fails with the bucket's own words where it cannot be stored", async () => {
    const outcomes = await gathered(
      aProducer({ payloadBucket: "another-bucket" }).sendMany([aLargeEmail("a/1"), aTaskRequest({ requestId: "a/2" })]),
    );

    expect(outcomes).toMatchObject([
      { kind: "failed", isFinal: true, reason: expect.stringContaining("NoSuchBucket") },
      { kind: "sent" },
    ]);
  });

  test.each<[name: string, error: Error, isFinal: boolean]>([
    ["rights are missing", Object.assign(new Error("x"), { name: "AccessDenied" }), true],
    ["the code has a bug", new TypeError("x is not a function"), true],
    ["S3 is unwell", Object.assign(new Error("x"), { name: "InternalError" }), false],
    ["nothing answers", Object.assign(new Error("x"), { code: "ECONNREFUSED" }), false],
    ["the network fails under a fetch", new TypeError("fetch failed", { cause: new Error("reset") }), false],
  ])("is worth another try or not where %s", async (_name, error, isFinal) => {
    const s3 = { send: async () => Promise.reject(error) };
    const outcome = await aProducer({ payloadBucket: PAYLOAD_BUCKET, s3 }).send(aLargeEmail("a/1"));

    expect(outcome).toMatchObject({ kind: "failed", isFinal });
  });
});
