import { SQSClient } from "@aws-sdk/client-sqs";
import { afterEach, describe, expect, test } from "@jest/globals";
import { SqsQueue } from "#producer/sqs-queue.ts";
import { aRoteServer, clientFor, type HttpAnswer, type RoteServer } from "#test/support/http-answers.ts";

const { signal } = new AbortController();
const messages = [{ body: "{}" }, { body: "[]", groupId: "billing" }];

const json = (body: object, status = 200): HttpAnswer => ({
  status,
  headers: { "content-type": "application/x-amz-json-1.0" },
  body: JSON.stringify(body),
});
const refused = (name: string, status = 400) => json({ __type: `com.amazonaws.sqs#${name}`, message: "No." }, status);
const found = json({ QueueUrl: "http://127.0.0.1/000000000000/queue" });
const taken = json({ Successful: messages.map((_, index) => ({ Id: `${index}`, MessageId: `m-${index}` })) });

let server: RoteServer | undefined;
afterEach(async () => {
  await server?.stop();
});

async function aQueue(
  place: { readonly url?: string; readonly ownerAccountId?: string },
  answers: readonly HttpAnswer[],
) {
  server = await aRoteServer(answers);
  const settings = { maxAttempts: 1, md5: false as const, useQueueUrlAsEndpoint: false };
  return new SqsQueue(new SQSClient({ ...clientFor(server), ...settings }), { name: "the-queue", ...place });
}

const bodies = () => (server?.requests ?? []).map(({ body }): unknown => JSON.parse(body));

describe("a queue in SQS", () => {
  test("is looked up once, in the account that it belongs to", async () => {
    const queue = await aQueue({ ownerAccountId: "111122223333" }, [found, taken]);
    await queue.sendBatch(messages, signal);
    await queue.sendBatch(messages, signal);

    expect(bodies()).toMatchObject([
      { QueueName: "the-queue", QueueOwnerAWSAccountId: "111122223333" },
      { QueueUrl: "http://127.0.0.1/000000000000/queue" },
      { QueueUrl: "http://127.0.0.1/000000000000/queue" },
    ]);
  });

  test("is not looked up where its address is known", async () => {
    const queue = await aQueue({ url: "http://127.0.0.1/1/known" }, [taken]);

    expect(await queue.sendBatch(messages, signal)).toEqual([
      { kind: "sent", messageId: "m-0" },
      { kind: "sent", messageId: "m-1" },
    ]);
    expect(bodies()).toMatchObject([
      { QueueUrl: "http://127.0.0.1/1/known", Entries: [{ MessageBody: "{}" }, { MessageGroupId: "billing" }] },
    ]);
  });

  test("is looked up again after that has failed", async () => {
    const queue = await aQueue({}, [refused("ServiceUnavailable", 503), found, taken]);

    expect(await queue.sendBatch(messages, signal)).toMatchObject([
      { kind: "failed", isFinal: false },
      { kind: "failed", isFinal: false },
    ]);
    expect((await queue.sendBatch(messages, signal)).map(({ kind }) => kind)).toEqual(["sent", "sent"]);
  });

  test("answers for each message by its own entry, whatever the order, and for one that SQS says nothing of", async () => {
    const queue = await aQueue({ url: "http://127.0.0.1/1/known" }, [
      json({
        Failed: [
          { Id: "2", Code: "InvalidMessageContents", Message: "a character", SenderFault: true },
          { Id: "0", Code: "InternalError", SenderFault: false },
        ],
        Successful: [{ Id: "1", MessageId: "m-1" }],
      }),
    ]);
    const four = ["a", "b", "c", "d"].map((body) => ({ body }));

    expect(await queue.sendBatch(four, signal)).toEqual([
      { kind: "failed", reason: "SQS answered InternalError: ", isFinal: false },
      { kind: "sent", messageId: "m-1" },
      { kind: "failed", reason: "SQS answered InvalidMessageContents: a character", isFinal: true },
      { kind: "failed", reason: "SQS did not say what became of it", isFinal: false },
    ]);
  });

  test.each<[string, HttpAnswer, boolean, RegExp]>([
    ["is throttled", refused("ThrottlingException"), false, /^the call to SQS failed: ThrottlingException/],
    ["breaks off", "break", false, /^the call to SQS failed: /],
    ["is not there", refused("QueueDoesNotExist"), true, /^the queue the-queue cannot be used .*check the prefix/],
    ["is forbidden", refused("AccessDeniedException", 403), true, /^the queue the-queue .*sqs:SendMessage/],
    ["is asked with old keys", refused("ExpiredTokenException", 403), true, /^the queue the-queue .*credentials/],
  ])("that %s says so for each message", async (_name, answer, isFinal, reason) => {
    const queue = await aQueue({ url: "http://127.0.0.1/1/known" }, [answer]);
    const answers = await queue.sendBatch(messages, signal);

    expect(answers).toHaveLength(2);
    for (const each of answers) {
      expect(each).toMatchObject({
        kind: "failed",
        isFinal,
        reason: expect.stringMatching(reason),
        error: expect.any(Error),
      });
    }
  });

  test("that nobody serves may be served in a moment", async () => {
    const handle = async () =>
      Promise.reject(Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" }));
    const settings = { region: "us-east-1", credentials: { accessKeyId: "test", secretAccessKey: "test" } };
    const sqs = new SQSClient({ ...settings, maxAttempts: 1, requestHandler: { handle } });
    const [answer] = await new SqsQueue(sqs, { name: "the-queue" }).sendBatch([{ body: "{}" }], signal);

    expect(answer).toMatchObject({
      kind: "failed",
      isFinal: false,
      reason: expect.stringContaining("check the network"),
    });
  });
});
