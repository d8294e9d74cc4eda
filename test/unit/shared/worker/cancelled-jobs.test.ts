import { describe, expect, test } from "@jest/globals";
import { handleDelivery } from "#shared/worker/handle-delivery.ts";
import type { Jobs } from "#shared/worker/ports/jobs.ts";
import type { Ledger } from "#shared/worker/ports/ledger.ts";
import type { Worker } from "#shared/worker/worker.ts";
import { anOutboundEmailRequest, aTaskRequest } from "#test/support/a-contact-request.ts";
import { aDelivery } from "#test/support/a-delivery.ts";
import { aWorker, refusal, STARTED, type WorkerOnTheBench } from "#test/support/a-worker.ts";

const IN_A_MINUTE = 60_000;
const ACKNOWLEDGED = { kind: "acknowledge" };
const BACK_AT_ONCE = { kind: "return", delayMs: 0 };
const ROW = { requestId: "spring/4711" };
const DRAFT = { kind: "started", contactId: "draft-1" } as const;

/** Answers in turn; after the last one it goes on answering that. Keeps the names that it was asked for. */
function jobsThat(...answers: readonly boolean[]): Jobs & { readonly asked: string[] } {
  const asked: string[] = [];
  return { asked, isCancelled: async (job) => answers[Math.min(asked.push(job), answers.length) - 1] === true };
}

const CANCELLED = jobsThat(true);

const handle = async (
  { worker, clock }: WorkerOnTheBench,
  more: Partial<Worker> = {},
  delivery: Parameters<typeof aDelivery>[0] = {},
) => {
  const row = aDelivery({ request: aTaskRequest(ROW), lane: "backfill", ...delivery });
  return await handleDelivery(row, clock.now() + IN_A_MINUTE, { ...worker, ...more });
};

const codes = ({ letters }: WorkerOnTheBench) => letters.map(({ report }) => report.failure.code);

describe("a row of a cancelled backfill", () => {
  test("is told as cancelled and acknowledged, with no call, no slot and no dead letter", async () => {
    const bench = aWorker();
    expect(await handle(bench, { jobs: CANCELLED })).toEqual(ACKNOWLEDGED);
    expect([bench.calls, bench.slotRequests, bench.letters]).toEqual([[], [], []]);
    expect(bench.outcomes).toMatchObject([
      {
        detailType: "Contact Request Failed",
        detail: {
          requestId: "spring/4711",
          failure: { code: "Cancelled", kind: "cancelled" },
          contact: "none",
          attempts: 0,
        },
      },
    ]);
    expect(bench.notes).toMatchObject([{ text: "Contact request cancelled", level: "info", code: "Cancelled" }]);
  });

  test("stays cancelled for a message that comes again, whoever is asked then", async () => {
    const bench = aWorker();
    await handle(bench, { jobs: CANCELLED });
    expect(await handle(bench)).toEqual(ACKNOWLEDGED);
    expect([bench.calls, bench.letters, bench.outcomes.length]).toEqual([[], [], 2]);
  });

  test("does not wait for its hours, and is not told as expired", async () => {
    const bench = aWorker();
    const notBefore = "2026-11-21T00:00:00Z";
    const expiresAt = "2026-11-20T12:00:00Z";
    await handle(bench, { jobs: CANCELLED }, { request: aTaskRequest({ ...ROW, notBefore }) });
    const expired = aTaskRequest({ requestId: "spring/2", expiresAt });
    await handle(bench, { jobs: CANCELLED }, { request: expired });
    const told = bench.outcomes.map(({ detail }) => "failure" in detail && detail.failure.code);
    expect(told).toEqual(["Cancelled", "Cancelled"]);
  });

  test("that has its contact already is answered with it", async () => {
    const bench = aWorker();
    await handle(bench);
    await handle(bench, { jobs: CANCELLED });
    expect(bench.outcomes.map(({ detailType }) => detailType)).toEqual(["Contact Started", "Contact Started"]);
  });

  test("in doubt is not called again: it becomes a dead letter that says that there may be a contact", async () => {
    const bench = aWorker({ answers: [refusal("ECONNRESET"), refusal("ECONNRESET"), STARTED] });
    expect(await handle(bench)).toMatchObject({ kind: "return" });
    expect(await handle(bench, { jobs: CANCELLED })).toEqual(ACKNOWLEDGED);
    expect(bench.calls).toHaveLength(2);
    expect(bench.letters.map(({ report }) => report)).toMatchObject([
      { failure: { code: "OutcomeUnknown", kind: "outcome-unknown" }, contact: "unknown" },
    ]);
  });

  test("whose calls were all refused is no doubt", async () => {
    const bench = aWorker({ answers: [refusal("ThrottlingException", 429)] });
    await handle(bench);
    await handle(bench, { jobs: CANCELLED });
    expect([bench.letters, bench.outcomes]).toMatchObject([[], [{ detail: { failure: { code: "Cancelled" } } }]]);
  });
});

describe("whether a backfill was cancelled", () => {
  test.each([
    ["a live request", "spring/4711", "live", []],
    ["a row", "spring/4711", "backfill", ["spring"]],
    ["a row whose key has slashes", "spring/a/b", "backfill", ["spring"]],
    ["a request without a slash", "spring", "backfill", []],
    ["a request that begins with a slash", "/spring", "backfill", []],
    ["a request whose beginning is no name of a job", "#spring/1", "backfill", []],
  ] as const)("is asked of %s by the beginning of its requestId", async (_what, requestId, lane, asked) => {
    const jobs = jobsThat(false);
    await handle(aWorker(), { jobs }, { request: aTaskRequest({ requestId }), lane });
    expect([...new Set(jobs.asked)]).toEqual(asked);
  });

  test("is asked again at the slot, which is given back", async () => {
    const bench = aWorker();
    expect(await handle(bench, { jobs: jobsThat(false, true) })).toEqual(ACKNOWLEDGED);
    expect([bench.calls, bench.reports, codes(bench)]).toEqual([[], ["unused"], []]);
  });

  test("is asked once more after the ledger's write: then nothing is called or counted, and nothing is in doubt", async () => {
    const bench = aWorker();
    expect(await handle(bench, { jobs: jobsThat(false, false, true) })).toEqual(BACK_AT_ONCE);
    expect([bench.calls, bench.reports]).toEqual([[], ["unused"]]);
    expect(await handle(bench, { jobs: CANCELLED })).toEqual(ACKNOWLEDGED);
    expect(bench.outcomes).toMatchObject([
      { detail: { failure: { code: "Cancelled" }, contact: "none", attempts: 0 } },
    ]);
  });

  const unreachable = async (): Promise<boolean> => {
    throw new Error("The table is gone.");
  };

  test("must be known before a row is called", async () => {
    const bench = aWorker();
    await expect(handle(bench, { jobs: { isCancelled: unreachable } })).rejects.toThrow("The table is gone.");
    expect([bench.calls, bench.slotRequests, bench.letters]).toEqual([[], [], []]);
  });

  test.each([
    ["at the slot", 1],
    ["after the ledger's write", 2],
  ])("that cannot be found out %s costs no slot and leaves no doubt", async (_when, known) => {
    const bench = aWorker();
    let asked = 0;
    const isCancelled = async () => {
      asked += 1;
      return asked > known ? await unreachable() : false;
    };
    await handle(bench, { jobs: { isCancelled } }).catch(() => undefined);
    expect([bench.calls, bench.reports]).toEqual([[], ["unused"]]);
    await handle(bench, { jobs: CANCELLED });
    expect([codes(bench), bench.outcomes]).toMatchObject([[], [{ detail: { contact: "none" } }]]);
  });

  test("counts from the moment at which the ledger is written to, not from when the slot was asked for", async () => {
    const bench = aWorker();
    const order: string[] = [];
    const { ledger } = bench.worker;
    const watched: Ledger = {
      lookUp: (entry) => ledger.lookUp(entry),
      begin: async (entry, untilMs) => {
        order.push("begin");
        return await ledger.begin(entry, untilMs);
      },
      finish: (entry, outcome, attempt) => ledger.finish(entry, outcome, attempt),
    };
    const jobs: Jobs = {
      isCancelled: async () => {
        order.push("asked");
        return false;
      },
    };
    await handle(bench, { ledger: watched, jobs });
    expect(order).toEqual(["asked", "asked", "begin", "asked"]);
    expect(bench.calls).toHaveLength(1);
  });
});

describe("an outbound e-mail of a cancelled backfill", () => {
  const request = anOutboundEmailRequest(ROW);
  const email = (answers: Parameters<typeof aWorker>[0] = {}) => aWorker({ operation: "OutboundEmail", ...answers });

  test("has no draft made for it", async () => {
    const bench = email();
    expect(await handle(bench, { jobs: CANCELLED }, { request })).toEqual(ACKNOWLEDGED);
    expect([bench.calls, bench.stops, bench.letters]).toEqual([[], [], []]);
    expect(bench.outcomes).toMatchObject([{ detail: { failure: { code: "Cancelled" }, contact: "none" } }]);
  });

  test("has its draft ended when it is cancelled between its steps, once", async () => {
    const bench = email({ answers: [DRAFT] });
    // Asked before the draft, at its slot and at its call; and then before the e-mail.
    const jobs = jobsThat(false, false, false, true);
    expect(await handle(bench, { jobs }, { request })).toEqual(ACKNOWLEDGED);
    expect(await handle(bench, { jobs }, { request })).toEqual(ACKNOWLEDGED);
    expect(bench.calls.map(({ api }) => api)).toEqual(["CreateContact"]);
    expect(bench.stops).toMatchObject([{ contactId: "draft-1" }]);
    expect(bench.letters).toEqual([]);
  });

  test("whose draft cannot be ended yet comes back for that", async () => {
    const bench = email({ answers: [DRAFT], stopAnswers: [refusal("ThrottlingException", 429), { kind: "ended" }] });
    const jobs = jobsThat(false, false, false, true);
    expect(await handle(bench, { jobs }, { request })).toMatchObject({ kind: "return" });
    expect(bench.outcomes).toEqual([]);
    expect(await handle(bench, { jobs }, { request })).toEqual(ACKNOWLEDGED);
    expect(bench.stops).toHaveLength(2);
    expect(bench.outcomes).toMatchObject([{ detail: { failure: { code: "Cancelled" }, contact: "none" } }]);
  });

  test("that may have been sent keeps its draft, and becomes a dead letter", async () => {
    const bench = email({ answers: [DRAFT, refusal("ECONNRESET")] });
    await handle(bench, {}, { request });
    expect(await handle(bench, { jobs: CANCELLED }, { request })).toEqual(ACKNOWLEDGED);
    expect([bench.stops, codes(bench)]).toEqual([[], ["OutcomeUnknown"]]);
  });

  test("whose draft may be there is not called again", async () => {
    const bench = email({ answers: [refusal("ECONNRESET")] });
    await handle(bench, {}, { request });
    const calls = bench.calls.length;
    expect(await handle(bench, { jobs: CANCELLED }, { request })).toEqual(ACKNOWLEDGED);
    expect([bench.calls.length, codes(bench)]).toEqual([calls, ["OutcomeUnknown"]]);
  });
});
