import { expect, test } from "@jest/globals";
import { aLocalSystem } from "./support/a-local-system.ts";
import { aWorker } from "./support/a-worker.ts";
import { reported } from "./support/reported.ts";
import { send } from "./support/send.ts";
import { until } from "./support/until.ts";

/** Reports `body:receive count` of each record, and fails those that it is told to, the first time. */
const code = `export const handler = async ({ Records }) => {
  const first = (record) => record.attributes.ApproximateReceiveCount === "1";
  for (const record of Records) console.log("REPORT " + JSON.stringify(record.body + ":" + record.attributes.ApproximateReceiveCount));
  const failed = Records.filter((record) => first(record) && record.body === "bad");
  if (Records.some((record) => first(record) && record.body === "fatal")) throw new Error("fatal");
  return { batchItemFailures: failed.map((record) => ({ itemIdentifier: record.messageId })) };
};`;
const quickReturn = { queue: { VisibilityTimeout: 2 }, lambda: { Timeout: 1 } };

test.each([
  ["only the records that a response names come back", ["good", "bad", "fine"], ["bad:1", "bad:2", "fine:1", "good:1"]],
  ["a handler that throws gets its whole batch again", ["good", "fatal"], ["fatal:1", "fatal:2", "good:1", "good:2"]],
])("%s", async (_name, bodies, expected) => {
  const running = await aLocalSystem(aWorker(code, quickReturn));
  await send(running, bodies);
  await until("all attempts", () => reported(running.lines).length === expected.length);
  await until("an empty queue", () => running.system.queueDepths()["work"]?.inFlight === 0);
  expect(reported<string>(running.lines).sort()).toEqual(expected);
});

test("a function may choose when a failed record comes back", async () => {
  const changing = `import { createRequire } from "node:module";
    export const handler = async ({ Records: [record] }) => {
      const body = JSON.stringify({ QueueUrl: process.env.QUEUE_URL, ReceiptHandle: record.receiptHandle, VisibilityTimeout: 0 });
      const headers = { authorization: "AWS4-HMAC-SHA256 Credential=k/20261120/us-east-1/sqs/aws4_request", "x-amz-target": "AmazonSQS.ChangeMessageVisibility", "content-type": "application/x-amz-json-1.0" };
      console.log("REPORT " + record.attributes.ApproximateReceiveCount);
      if (record.attributes.ApproximateReceiveCount > 1) return;
      await fetch(process.env.AWS_ENDPOINT_URL, { method: "POST", headers, body });
      return { batchItemFailures: [{ itemIdentifier: record.messageId }] };
    };`;
  const Environment = { Variables: { QUEUE_URL: { Ref: "Queue" } } };
  const running = await aLocalSystem(aWorker(changing, { queue: { VisibilityTimeout: 600 }, lambda: { Environment } }));
  await send(running, ["x"]);
  await until(
    "the second attempt, long before the queue's visibility timeout",
    () => reported(running.lines).length === 2,
  );
});
