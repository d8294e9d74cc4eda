import { describe, expect, test } from "@jest/globals";
import { handleDelivery } from "#shared/worker/handle-delivery.ts";
import type { RateLimiter } from "#shared/worker/ports/rate-limiter.ts";
import { StoredLedger } from "#shared/worker/stored-ledger.ts";
import { aTaskRequest } from "#test/support/a-contact-request.ts";
import { aDelivery } from "#test/support/a-delivery.ts";
import { aWorker, refusal, type WorkerOnTheBench } from "#test/support/a-worker.ts";
import { ManualClock } from "#test/support/manual-clock.ts";
import { MemoryLedgerStore } from "#test/support/memory-ledger-store.ts";

// The clock of the bench stands at 2026-11-20T12:00:00Z, one o'clock in Berlin.
const HOUR_MS = 3_600_000;
const IN_A_MINUTE = 60_000;
const BERLIN = "Europe/Berlin";
const back = (delayMs: number) => ({ kind: "return", delayMs });

const handle = async (bench: WorkerOnTheBench, request: object, sentAtMs = bench.clock.now()) =>
  await handleDelivery(aDelivery({ request, sentAtMs }), bench.clock.now() + IN_A_MINUTE, bench.worker);

/** A rate limiter whose slots come after so long. */
const slow = ({ clock, worker }: WorkerOnTheBench, waitMs: number): RateLimiter => ({
  pausedUntil: async () => undefined,
  report: (slot, report) => worker.rateLimiter.report(slot, report),
  takeSlot: async (request) => {
    clock.advance(waitMs);
    return await worker.rateLimiter.takeSlot(request);
  },
});

describe("a request that must not be sent yet goes back to its queue until it may", () => {
  test.each<[string, object, number]>([
    ["before notBefore", { notBefore: "2026-11-20T12:00:00.001Z" }, 1],
    [
      "before the hours of its place",
      { sendingHours: { from: "13:30", to: "20:00", timeZone: BERLIN } },
      0.5 * HOUR_MS,
    ],
    ["after them", { sendingHours: { from: "06:00", to: "13:00", timeZone: "Asia/Tokyo" } }, 9 * HOUR_MS],
    [
      "when notBefore lies outside of them",
      { notBefore: "2026-11-20T12:30:00Z", sendingHours: { from: "12:00", to: "12:15", timeZone: "UTC" } },
      11 * HOUR_MS,
    ],
    [
      "at most eleven hours at a time: SQS counts its twelve from the receive",
      { notBefore: "2026-12-01T00:00:00Z" },
      11 * HOUR_MS,
    ],
  ])("%s", async (_what, members, delayMs) => {
    const store = new MemoryLedgerStore();
    const options = { clock: new ManualClock(), tokenWindowMs: () => HOUR_MS, newAttemptId: () => "a" };
    const bench = aWorker({ ledger: new StoredLedger(store, options) });
    expect(await handle(bench, aTaskRequest(members))).toEqual(back(delayMs));
    expect([bench.slotRequests, bench.calls, bench.letters, store.items()]).toEqual([[], [], [], []]);
  });

  test.each<[string, object]>([
    ["at notBefore", { notBefore: "2026-11-20T12:00:00Z" }],
    ["in its hours", { sendingHours: { from: "13:00", to: "13:01", timeZone: BERLIN } }],
    ["in its hours over midnight", { sendingHours: { from: "12:00", to: "11:59", timeZone: "UTC" } }],
  ])("and is sent %s", async (_what, members) => {
    const bench = aWorker();
    expect(await handle(bench, aTaskRequest(members))).toEqual({ kind: "acknowledge" });
    expect(bench.calls).toHaveLength(1);
  });

  test("comes back before it is stale, and is a dead letter then", async () => {
    const bench = aWorker();
    const { queueRetentionMs, staleMarginMs } = bench.worker.settings;
    const request = aTaskRequest({ notBefore: "2026-12-01T00:00:00Z" });
    const sentAtMs = bench.clock.now() + HOUR_MS - (queueRetentionMs - staleMarginMs);
    expect(await handle(bench, request, sentAtMs)).toEqual(back(HOUR_MS));
    bench.clock.advance(HOUR_MS);
    expect(await handle(bench, request, sentAtMs)).toEqual({ kind: "acknowledge" });
    expect(bench.letters.map(({ report }) => report.failure.code)).toEqual(["Stale"]);
  });

  test("unless it has expired", async () => {
    const bench = aWorker();
    const sendingHours = { from: "20:00", to: "21:00", timeZone: "UTC" };
    await handle(bench, aTaskRequest({ sendingHours, expiresAt: "2026-11-20T12:00:00Z" }));
    expect(bench.letters.map(({ report }) => report.failure.code)).toEqual(["Expired"]);
  });

  test.each<[string, object]>([
    [
      "its hours open",
      { sendingHours: { from: "20:00", to: "21:00", timeZone: "UTC" }, expiresAt: "2026-11-20T20:00:00Z" },
    ],
    [
      "its hours open after notBefore",
      {
        notBefore: "2026-11-20T13:00:00Z",
        sendingHours: { from: "12:00", to: "13:00", timeZone: "UTC" },
        expiresAt: "2026-11-21T11:59:59Z",
      },
    ],
  ])("unless it expires before %s: then it is a dead letter at once", async (_what, members) => {
    const bench = aWorker();
    expect(await handle(bench, aTaskRequest(members))).toEqual({ kind: "acknowledge" });
    expect(bench.letters.map(({ report }) => report.failure)).toMatchObject([
      { code: "Expired", kind: "expired", message: expect.stringContaining("sendingHours") },
    ]);
  });

  test("and waits where its hours open a millisecond before it expires", async () => {
    const bench = aWorker();
    const sendingHours = { from: "20:00", to: "21:00", timeZone: "UTC" };
    const request = aTaskRequest({ sendingHours, expiresAt: "2026-11-20T20:00:00.001Z" });
    expect(await handle(bench, request)).toEqual(back(8 * HOUR_MS));
  });

  test("unless it was started before: then it is answered at any hour", async () => {
    const bench = aWorker();
    const sendingHours = { from: "12:00", to: "12:01", timeZone: "UTC" };
    await handle(bench, aTaskRequest({ sendingHours }));
    bench.clock.advance(HOUR_MS);
    expect(await handle(bench, aTaskRequest({ sendingHours }))).toEqual({ kind: "acknowledge" });
    expect(bench.calls).toHaveLength(1);
  });
});

describe("at the moment of the call it is asked once more", () => {
  test("a request whose hours have ended while it waited for its slot is not sent, and gives the slot back", async () => {
    const bench = aWorker();
    const sendingHours = { from: "11:00", to: "12:01", timeZone: "UTC" };
    const worker = { ...bench.worker, rateLimiter: slow(bench, IN_A_MINUTE) };
    const disposition = await handleDelivery(
      aDelivery({ request: aTaskRequest({ sendingHours }) }),
      bench.clock.now() + 2 * IN_A_MINUTE,
      worker,
    );
    expect(disposition).toEqual(back(11 * HOUR_MS));
    expect(bench.reports).toEqual(["unused"]);
    expect(bench.calls).toEqual([]);
    expect(bench.letters).toEqual([]);
  });

  test("so is one whose second call would leave after its hours", async () => {
    const bench = aWorker({ answers: [refusal("ThrottlingException", 429)] });
    const worker = { ...bench.worker, rateLimiter: slow(bench, IN_A_MINUTE) };
    const request = aTaskRequest({ sendingHours: { from: "11:00", to: "12:02", timeZone: "UTC" } });
    const disposition = await handleDelivery(aDelivery({ request }), bench.clock.now() + 3 * IN_A_MINUTE, worker);
    expect(disposition).toEqual(back(11 * HOUR_MS));
    expect(bench.reports).toEqual(["throttled", "unused"]);
    expect(bench.calls).toHaveLength(1);
  });
});
