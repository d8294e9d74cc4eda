import { SQSClient } from "@aws-sdk/client-sqs";
import { afterEach, describe, expect, test } from "@jest/globals";
import { SqsVisibility } from "#shared/aws/sqs-visibility.ts";
import { aRoteServer, clientFor, type RoteServer } from "#test/support/http-answers.ts";

let server: RoteServer | undefined;

afterEach(async () => {
  await server?.stop();
});

async function secondsFor(delayMs: number): Promise<unknown> {
  server = await aRoteServer([{ status: 200, headers: { "content-type": "application/x-amz-json-1.0" }, body: "{}" }]);
  const urls = ["live", "backfill"].map(
    (lane) => `${server?.address}/000000000000/contact-requests-CreateContact-${lane}`,
  );
  const visibility = new SqsVisibility(new SQSClient(clientFor(server)), urls);
  await visibility.showAfter({ queue: "contact-requests-CreateContact-backfill", receiptHandle: "receipt-1" }, delayMs);
  const body = JSON.parse(server.requests[0]?.body ?? "null");
  expect(body).toMatchObject({ QueueUrl: urls[1], ReceiptHandle: "receipt-1" });
  return body.VisibilityTimeout;
}

describe("a message shows again", () => {
  test.each([
    ["at once", 0, 0],
    ["not before its delay", 1, 1],
    ["after whole seconds", 2_000, 2],
    ["after the longest that SQS hides it, less the time of a function", 13 * 3_600_000, 42_300],
  ])("%s", async (_claim, delayMs, seconds) => {
    expect(await secondsFor(delayMs)).toBe(seconds);
  });

  test("only in a queue whose URL is known", async () => {
    const visibility = new SqsVisibility(new SQSClient({ region: "us-east-1" }), []);
    await expect(visibility.showAfter({ queue: "another", receiptHandle: "receipt-1" }, 0)).rejects.toThrow(
      "No URL is known for the queue another. Add it to SOURCE_QUEUE_URLS.",
    );
  });
});
