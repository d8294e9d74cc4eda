import { describe, expect, test } from "@jest/globals";
import { eachRecord, type Hands } from "#functions/runtime/each-record.ts";
import { MOST_RECEIVES } from "#shared/contract/most-receives.ts";
import { pointerBody } from "#shared/envelopes/payload-pointer.ts";
import type { CallAnswer } from "#shared/worker/ports/connect.ts";
import { anOutboundEmailRequest, aTaskRequest } from "#test/support/a-contact-request.ts";
import { aWorker, refusal, type WorkerOnTheBench } from "#test/support/a-worker.ts";
import { aContext, anSqsRecord } from "#test/support/an-sqs-record.ts";
import { seededRandom } from "#test/support/seeded-random.ts";
import { someHands } from "#test/support/some-hands.ts";

const SEED = Number(process.env["SEED"] ?? 20261120);
const DAY = 86_400_000;
const DRAFT: CallAnswer = { kind: "started", contactId: "draft-1" };
const COME_BACK_TOO_OFTEN = { code: "Stale", kind: "stale", message: expect.stringContaining("come back") };
const gone = async () => await Promise.reject(new Error("It is gone."));

/** Delivers a message again and again, each time after the delay that it went back with, until SQS would move it. */
async function untilItIsGone({ worker, clock }: WorkerOnTheBench, body: string) {
  const sentAtMs = clock.now();
  const visibility: Hands["visibility"] = { showAfter: async (_message, delayMs) => clock.advance(delayMs) };
  const handler = eachRecord(worker, someHands({ visibility }));
  for (let receives = 1; receives < MOST_RECEIVES; receives += 1) {
    const attributes = {
      ...anSqsRecord().attributes,
      SentTimestamp: String(sentAtMs),
      ApproximateReceiveCount: String(receives),
    };
    const { batchItemFailures } = await handler({ Records: [anSqsRecord({ body, attributes })] }, aContext());
    if (batchItemFailures.length === 0) return { receives, days: (clock.now() - sentAtMs) / DAY };
  }
  throw new Error("SQS moves the message to the dead-letter queue, without a reason.");
}

describe("a message ends with a dead letter that says why, before SQS moves it", () => {
  const random = seededRandom(SEED);
  const operation = "OutboundEmail";
  const email = JSON.stringify(anOutboundEmailRequest());
  const task = JSON.stringify(aTaskRequest({ requestId: "waits/1", source: "billing" }));
  const pointer = pointerBody({ bucket: "payloads", key: "payloads/1" });

  test.each<[what: string, scenario: Parameters<typeof aWorker>[0], body: string, report: object]>([
    [
      "while StopContact is denied for its draft",
      {
        operation,
        answers: [DRAFT, refusal("InvalidRequestException", 400)],
        stopAnswers: [refusal("AccessDeniedException", 403)],
      },
      email,
      { failure: { code: "InvalidRequestException", kind: "rejected" }, contact: "unknown" },
    ],
    [
      "while the ledger cannot be reached",
      { ledger: { lookUp: gone, begin: gone, finish: gone } },
      task,
      { failure: COME_BACK_TOO_OFTEN, contact: "unknown", requestId: "waits/1", source: "billing" },
    ],
    [
      "while its payload cannot be read",
      { payloads: { read: gone } },
      pointer,
      { failure: { code: "Stale" }, contact: "unknown", requestId: null },
    ],
    [
      "while there is never room for its payload",
      { payloads: { read: async () => "no-room" } },
      pointer,
      { failure: { code: "Stale" }, contact: "unknown" },
    ],
    ["while its API is paused", { slots: ["paused"] }, task, { failure: { code: "Stale" }, contact: "none" }],
    [
      "while its outcome cannot be told",
      { outcomes: { tell: gone } },
      task,
      { failure: { code: "Stale" }, contact: "unknown", attempts: 1 },
    ],
  ])("%s", async (_what, scenario, body, report) => {
    const bench = aWorker({ ...scenario, random });
    const { receives } = await untilItIsGone(bench, body);
    expect(receives).toBeLessThanOrEqual(0.9 * MOST_RECEIVES);
    expect(bench.letters.map((letter) => letter.report)).toMatchObject([report]);
    expect(bench.letters[0]?.delivery.messageId).toBe(anSqsRecord().messageId);
  });

  test("and of a draft that stays the log says which one", async () => {
    const bench = aWorker({
      operation,
      answers: [DRAFT, refusal("InvalidRequestException", 400)],
      stopAnswers: [refusal("AccessDeniedException", 403)],
      random,
    });
    const { days } = await untilItIsGone(bench, email);
    expect(days).toBeGreaterThan(4);
    expect(bench.notes).toContainEqual(
      expect.objectContaining({ text: "Draft could not be ended", level: "error", contactId: "draft-1" }),
    );
  });
});
