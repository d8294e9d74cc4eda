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

describe("queues that cannot be reached", () => {
  test("are asked for once, and no message given to any of them is left without an answer", async () => {
    const { sqs, calls } = nobodyThere();
    const queues = new OperationQueues(sqs, { prefix: "contact-requests", endpoint: "http://127.0.0.1:1" });
    const answers = [];
    for (const message of messages(23)) answers.push(...(await queues.add("CreateContact", message)));
    for (const message of messages(4)) answers.push(...(await queues.add("StartEmailContact", message)));
    answers.push(...(await queues.flush()));

    expect(answers).toHaveLength(27);
    expect(new Set(answers.map(({ answer }) => answer.kind))).toEqual(new Set(["no-access"]));
    expect(queues.refusal?.message).toMatch(/^http:\/\/127\.0\.0\.1:1 cannot be reached/);
    expect(calls()).toBe(1);
  });
});
