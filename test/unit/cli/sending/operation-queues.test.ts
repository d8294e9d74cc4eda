import { SQSClient } from "@aws-sdk/client-sqs";
import { describe, expect, test } from "@jest/globals";
import { OperationQueues } from "#cli/sending/operation-queues.ts";

/** A client that reaches nobody, and counts how often it tries. */
function nobodyThere(): { readonly sqs: SQSClient; readonly calls: () => number } {
  let calls = 0;
  const handle = async (): Promise<never> => {
    calls += 1;
    throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
  };
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const sqs = new SQSClient({ region: "us-east-1", credentials, maxAttempts: 1, requestHandler: { handle } });
  return { sqs, calls: () => calls };
}

const messages = (count: number) => Array.from({ length: count }, (_, index) => ({ body: `{"n":${index}}` }));

const { signal } = new AbortController();

describe("queues that cannot be reached", () => {
  test("are asked for once, and no message given to any of them is left without an answer", async () => {
    const { sqs, calls } = nobodyThere();
    const queues = new OperationQueues(sqs, {
      prefix: "contact-requests",
      lane: "live",
      endpoint: "http://127.0.0.1:1",
    });
    const answers = [
      ...(await queues.of("CreateContact").sendBatch(messages(10), signal)),
      ...(await queues.of("CreateContact").sendBatch(messages(3), signal)),
      ...(await queues.of("StartEmailContact").sendBatch(messages(4), signal)),
    ];

    expect(answers).toHaveLength(17);
    for (const answer of answers) {
      expect(answer).toMatchObject({ kind: "failed", isFinal: true, error: queues.refusal });
    }
    expect(queues.refusal?.message).toMatch(/^http:\/\/127\.0\.0\.1:1 cannot be reached/);
    expect(calls()).toBe(1);
  });
});
