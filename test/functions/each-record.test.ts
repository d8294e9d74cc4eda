import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { eachRecord } from "#functions/runtime/each-record.ts";
import type { CallAnswer } from "#shared/worker/ports/connect.ts";
import type { Worker } from "#shared/worker/worker.ts";
import { aTaskRequest } from "#test/support/a-contact-request.ts";
import { aWorker, refusal, STARTED } from "#test/support/a-worker.ts";
import { aContext, anSqsRecord } from "#test/support/an-sqs-record.ts";
import { someHands } from "#test/support/some-hands.ts";

const SEED = { seed: 20261120 };

/** The fates that a record can meet, by what its requestId asks for. */
const FATES: Readonly<Record<string, { readonly comesBack: boolean; readonly answer?: CallAnswer }>> = {
  started: { comesBack: false, answer: STARTED },
  rejected: { comesBack: false, answer: refusal("InvalidRequestException", 400) },
  throttled: { comesBack: true, answer: refusal("ThrottlingException", 429) },
  lost: { comesBack: true, answer: refusal("ECONNRESET") },
  denied: { comesBack: true, answer: refusal("AccessDeniedException", 403) },
  full: { comesBack: true, answer: refusal("ServiceQuotaExceededException", 402) },
  "adapter-throws": { comesBack: true },
  "no-dead-letter": { comesBack: true, answer: refusal("InvalidRequestException", 400) },
};

const fateOf = (requestId: string): string => requestId.split("/")[0] ?? "";

/** A worker whose world does to each request what its requestId says. */
function aFatefulWorker(): Worker {
  const { worker } = aWorker();
  return {
    ...worker,
    connect: {
      ...worker.connect,
      call: async ({ input }) => {
        const answer = FATES[fateOf(input.ClientToken)]?.answer;
        if (answer === undefined) throw new Error("The adapter has a bug.");
        return answer;
      },
    },
    deadLetters: {
      send: async (_delivery, { requestId }) => {
        if (fateOf(requestId ?? "") === "no-dead-letter") throw new Error("The queue is gone.");
      },
    },
  };
}

const aRecord = (fate: string, position: number) =>
  anSqsRecord({
    messageId: `message-${position}`,
    receiptHandle: `receipt-${position}`,
    body: fate === "unreadable" ? "{" : JSON.stringify(aTaskOf(`${fate}/${position}`)),
  });

/** Connect sees nothing of a request's name but its token. */
const aTaskOf = (fate: string) => aTaskRequest({ requestId: fate, input: { ClientToken: fate } });

describe("the response to a batch", () => {
  const fates = fc.array(fc.constantFrom("unreadable", ...Object.keys(FATES)), { maxLength: 10 });

  test("lists exactly the records that must come back, whatever else is in the batch", async () => {
    await fc.assert(
      fc.asyncProperty(fates, fc.boolean(), async (batch, visibilityFails) => {
        const shown: string[] = [];
        const visibility = {
          showAfter: async ({ receiptHandle }: { receiptHandle: string }) => {
            shown.push(receiptHandle);
            if (visibilityFails) throw new Error("SQS is gone.");
          },
        };
        const handler = eachRecord(aFatefulWorker(), someHands({ visibility }));
        const response = await handler({ Records: batch.map(aRecord) }, aContext());
        const comingBack = batch.flatMap((fate, position) => (FATES[fate]?.comesBack === true ? [position] : []));
        expect(response.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual(
          comingBack.map((position) => `message-${position}`),
        );
        expect(shown.toSorted()).toEqual(comingBack.map((position) => `receipt-${position}`).toSorted());
      }),
      SEED,
    );
  });

  test("says of a fault where in the code it came from, and not what it said", async () => {
    const bench = aWorker({
      ledger: {
        ...aWorker().worker.ledger,
        lookUp: () => Promise.reject(new TypeError("cannot read ada@example.com")),
      },
    });
    const handler = eachRecord(bench.worker, someHands());
    await handler({ Records: [anSqsRecord({ body: JSON.stringify(aTaskRequest()) })] }, aContext());
    expect(bench.notes).toMatchObject([{ text: "Contact request met a fault", level: "error" }]);
    expect(bench.notes[0]?.fault).toMatch(/^TypeError at /);
    expect(JSON.stringify(bench.notes)).not.toContain("ada@example.com");
  });
});
