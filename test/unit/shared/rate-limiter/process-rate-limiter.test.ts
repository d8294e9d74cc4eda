import { describe, expect, test } from "@jest/globals";
import type { Pace } from "#shared/rate-limiter/pace.ts";
import type { PauseSettings } from "#shared/rate-limiter/pause.ts";
import { ProcessRateLimiter } from "#shared/rate-limiter/process-rate-limiter.ts";
import type { Slot, SlotAnswer, SlotReport, SlotRequest } from "#shared/rate-limiter/slot.ts";
import { ManualClock } from "#test/support/manual-clock.ts";

const MINUTE = 60_000;
const PACE: Pace = { ratePerSecond: 1, burst: 2 };
const PAUSE: PauseSettings = {
  firstMs: MINUTE,
  maxMs: 15 * MINUTE,
  longAfterMs: 24 * 60 * MINUTE,
  longMs: 60 * MINUTE,
  probeLeaseMs: 10_000,
};

function aLimiter() {
  const clock = new ManualClock(0);
  const limiter = new ProcessRateLimiter(PACE, PAUSE, clock);
  const ask = async (overrides: Partial<SlotRequest> = {}): Promise<SlotAnswer> =>
    await limiter.takeSlot({ api: "CreateContact", lane: "live", latestMs: Number.MAX_SAFE_INTEGER, ...overrides });
  const call = async (report: SlotReport, overrides: Partial<SlotRequest> = {}): Promise<Slot> => {
    const answer = await ask(overrides);
    if (answer.kind !== "granted") throw new Error(`The slot was not granted: ${JSON.stringify(answer)}`);
    limiter.report(answer.slot, report);
    return answer.slot;
  };
  return { clock, ask, call };
}

describe("the rate limiter of one process", () => {
  test("gives a burst at once and then one slot an interval, each at its moment", async () => {
    const { clock, call } = aLimiter();
    const moments: number[] = [];
    for (let calls = 0; calls < 5; calls += 1) {
      await call("accepted");
      moments.push(clock.now());
    }
    expect(moments).toEqual([0, 0, 1_000, 2_000, 3_000]);
  });

  test("has no slot that is too late for the asker, and keeps it for the next one", async () => {
    const { clock, ask, call } = aLimiter();
    await call("accepted");
    await call("accepted");
    expect(await ask({ latestMs: 999 })).toEqual({ kind: "none-in-time" });
    await call("accepted");
    expect(clock.now()).toBe(1_000);
  });

  test("gives an unused slot to the next one", async () => {
    const { clock, call } = aLimiter();
    await call("accepted");
    await call("unused");
    await call("accepted");
    expect(clock.now()).toBe(0);
  });

  test("has an empty bucket after a throttle", async () => {
    const { clock, call } = aLimiter();
    await call("throttled");
    await call("accepted");
    expect(clock.now()).toBe(1_000);
  });

  test("has an empty bucket after five faults in a row, and not after four", async () => {
    const { clock, call } = aLimiter();
    clock.advance(MINUTE);
    for (let faults = 0; faults < 4; faults += 1) await call("transient");
    clock.advance(MINUTE);
    await call("transient");
    const afterFifth = clock.now();
    await call("accepted");
    expect(clock.now() - afterFifth).toBe(1_000);
  });

  test("pauses the channel that is full, and no other", async () => {
    const { clock, ask, call } = aLimiter();
    await call("at-capacity", { channel: "EMAIL" });
    expect(await ask({ channel: "EMAIL" })).toEqual({ kind: "paused", untilMs: clock.now() + MINUTE });
    expect(await ask({ channel: "TASK" })).toMatchObject({ kind: "granted" });
  });

  test("sends one probe when a pause ends, and goes on when that makes a contact", async () => {
    const { clock, ask, call } = aLimiter();
    await call("at-capacity");
    clock.advance(MINUTE);
    const probe = await ask();
    expect(probe).toMatchObject({ kind: "granted", slot: { isProbe: true } });
    expect(await ask()).toMatchObject({ kind: "paused" });
    clock.advance(PAUSE.probeLeaseMs);
    await call("accepted");
    expect(await ask()).toMatchObject({ kind: "granted", slot: { isProbe: false } });
  });

  test("pauses twice as long when the probe finds no room", async () => {
    const { clock, ask, call } = aLimiter();
    await call("at-capacity");
    clock.advance(MINUTE);
    await call("at-capacity");
    expect(await ask()).toEqual({ kind: "paused", untilMs: clock.now() + 2 * MINUTE });
  });

  test("pauses everything when five answers in a row are denied, and not when others come between", async () => {
    const { clock, ask, call } = aLimiter();
    for (const report of ["denied", "denied", "denied", "denied", "accepted", "denied"] as const) await call(report);
    expect(await ask()).toMatchObject({ kind: "granted" });
    for (let denials = 0; denials < 4; denials += 1) await call("denied", { channel: "EMAIL" });
    expect(await ask({ channel: "TASK" })).toEqual({ kind: "paused", untilMs: clock.now() + MINUTE });
  });

  test("holds back a call that was waiting for its slot when a pause began, and keeps the slot", async () => {
    const clock = new ManualClock(0);
    let wake = () => {};
    const sleep = (waitMs: number) =>
      new Promise<void>((resolve) => {
        wake = () => {
          clock.advance(waitMs);
          resolve();
        };
      });
    const limiter = new ProcessRateLimiter({ ratePerSecond: 1, burst: 1 }, PAUSE, { now: () => clock.now(), sleep });
    const request = { api: "CreateContact", lane: "live", latestMs: 10 * MINUTE } as const;
    const first = await limiter.takeSlot(request);
    const waiting = limiter.takeSlot(request);
    if (first.kind === "granted") limiter.report(first.slot, "at-capacity");
    wake();
    expect(await waiting).toEqual({ kind: "paused", untilMs: MINUTE });
    clock.advance(MINUTE);
    expect(await limiter.takeSlot(request)).toMatchObject({ kind: "granted" });
  });
});
