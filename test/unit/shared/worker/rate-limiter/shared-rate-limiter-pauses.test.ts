import { describe, expect, test } from "@jest/globals";
import type { Lane } from "#shared/contract/queue-name.ts";
import type { Slot, SlotAnswer, SlotReport } from "#shared/rate-limiter/slot.ts";
import { A_PAUSE, aSharedQuota, type Process } from "#test/support/a-shared-quota.ts";
import { saturate } from "#test/support/saturate.ts";

const MINUTE = 60_000;
const LEASE = A_PAUSE.probeLeaseMs;
const EMAIL = { channel: "EMAIL" } as const;

function granted(answer: SlotAnswer | undefined): Slot {
  if (answer?.kind !== "granted") throw new Error(`The slot was not granted: ${JSON.stringify(answer)}`);
  return answer.slot;
}

/** Two processes, of which the first has just learned that there are too many open e-mails. */
async function full(
  scene: (given: { one: Process; other: Process; shared: ReturnType<typeof aSharedQuota> }) => Promise<void>,
) {
  const shared = aSharedQuota({ processes: 2 });
  const [one, other] = shared.processes;
  if (one === undefined || other === undefined) throw new Error("There are no two processes.");
  const play = async () => {
    await other.ask();
    await other.limiter.settled();
    one.report(granted(await one.ask(EMAIL)), "at-capacity");
    await one.limiter.settled();
    await scene({ one, other, shared });
  };
  const played = play();
  await shared.clock.run(played);
  await played;
}

describe("while there are too many open contacts", () => {
  test("Connect sees only the probes and the calls in flight, and work goes on within one pause", async () => {
    const lanes: Lane[] = ["live", "live", "backfill", "backfill"];
    const shared = aSharedQuota({ quota: { ratePerSecond: 20, burst: 20 }, processes: lanes.length, seed: 3 });
    const fromMs = shared.clock.now();
    // The fifth pause begins after 1 + 2 + 4 + 8 minutes.
    const [fullFromMs, fullToMs] = [fromMs + 10_000, fromMs + 16 * MINUTE];
    const connect = (nowMs: number): SlotReport =>
      nowMs >= fullFromMs && nowMs < fullToMs ? "at-capacity" : "accepted";
    const { outcome, done } = saturate(shared, { lanes, seconds: 35 * 60, batchSize: 2, connect, request: EMAIL });
    await shared.clock.run(done);

    const refused = outcome.calls.filter(({ report }) => report === "at-capacity").map(({ leftAtMs }) => leftAtMs);
    const inFlight = refused.filter((atMs) => atMs < fullFromMs + 1_000);
    expect(inFlight.length).toBeLessThanOrEqual(20);
    const probes = refused.filter((atMs) => atMs >= fullFromMs + 1_000);
    expect(probes.map((atMs) => Math.round((atMs - fullFromMs) / MINUTE))).toEqual([1, 3, 7, 15]);
    const resumedAtMs = Math.min(...outcome.calls.map(({ leftAtMs }) => leftAtMs).filter((atMs) => atMs >= fullToMs));
    expect(resumedAtMs - fullToMs).toBeLessThan(15 * MINUTE);
    expect(outcome.paused).toBeGreaterThan(0);
    // The rate is whole again at once: a pause is no slow-down.
    const minuteAfter = outcome.calls.filter(
      ({ leftAtMs }) => leftAtMs > resumedAtMs && leftAtMs < resumedAtMs + MINUTE,
    );
    expect(minuteAfter.length).toBeGreaterThan(0.95 * 20 * 60);
  });

  test("every process holds its calls for five seconds before it parks them", async () => {
    await full(async ({ other, shared: { clock } }) => {
      const askedAtMs = clock.now();
      const answer = await other.ask(EMAIL);
      expect(answer.kind).toBe("paused");
      expect(clock.now() - askedAtMs).toBeGreaterThanOrEqual(5_000);
      expect(clock.now() - askedAtMs).toBeLessThan(5_050);
    });
  });

  test("nobody is held beyond the moment that is too late for him", async () => {
    await full(async ({ other, shared: { clock } }) => {
      const askedAtMs = clock.now();
      expect(await other.ask({ ...EMAIL, latestMs: askedAtMs + 1_000 })).toMatchObject({ kind: "paused" });
      expect(clock.now() - askedAtMs).toBeLessThan(1_050);
    });
  });

  test("a call that is held when the pause ends goes on", async () => {
    await full(async ({ other, shared: { clock } }) => {
      await clock.sleep(MINUTE - 3_000);
      expect(granted(await other.ask(EMAIL)).isProbe).toBe(true);
    });
  });

  test.each([
    { name: "before the tasks", emailsAfterMs: 0, tasksAfterMs: 5 },
    { name: "beside the tasks", emailsAfterMs: 0, tasksAfterMs: 0 },
    { name: "when the tasks have their slots", emailsAfterMs: 40, tasksAfterMs: 0 },
  ])("tasks in batches full of e-mails that ask $name use all of the quota", async (given) => {
    await full(async ({ one, other, shared: { clock, quota } }) => {
      const [fromMs, left] = [clock.now(), [] as number[]];
      const task = async (process: Process) => {
        await clock.sleep(given.tasksAfterMs);
        const slot = granted(await process.ask({ channel: "TASK" }));
        left.push(clock.now());
        await clock.sleep(100);
        process.report(slot, "accepted");
      };
      const email = async (process: Process) => {
        await clock.sleep(given.emailsAfterMs);
        expect((await process.ask(EMAIL)).kind).toBe("paused");
      };
      const work = async (process: Process) => {
        while (clock.now() < fromMs + MINUTE / 2) {
          await Promise.all([task, email, email, email].map(async (record) => await record(process)));
          await process.limiter.settled();
        }
      };
      await Promise.all([work(one), work(other)]);
      expect(left.length).toBeGreaterThan(0.95 * quota.ratePerSecond * (MINUTE / 2_000));
    });
  });

  test("e-mails go back at once while a task of their batch waits for its slot", async () => {
    await full(async ({ other, shared: { clock } }) => {
      const tasks = Array.from({ length: 8 }, async () => await other.ask({ channel: "TASK" }));
      await Promise.all(tasks);
      await other.limiter.settled();
      const askedAtMs = clock.now();
      const task = other.ask({ channel: "TASK" });
      expect((await other.ask(EMAIL)).kind).toBe("paused");
      expect(clock.now() - askedAtMs).toBeLessThan(50);
      granted(await task);
      expect(clock.now() - askedAtMs).toBeGreaterThan(400);
    });
  });

  test("a batch that is paused as a whole is held, whatever was in the batch before", async () => {
    await full(async ({ other, shared: { clock } }) => {
      other.report(granted(await other.ask({ channel: "TASK" })), "accepted");
      await other.limiter.settled();
      const askedAtMs = clock.now();
      await Promise.all([other.ask(EMAIL), other.ask(EMAIL)]);
      expect(clock.now() - askedAtMs).toBeGreaterThanOrEqual(5_000);
    });
  });

  test("tasks go on", async () => {
    await full(async ({ other }) => {
      expect(granted(await other.ask({ channel: "TASK" })).isProbe).toBe(false);
    });
  });
});

describe("who only asks whether there is a pause", () => {
  const about = (process: Process, nowMs: number, request: object = EMAIL) =>
    process.limiter.pausedUntil({ api: "CreateContact", lane: "live", latestMs: nowMs + MINUTE, ...request });

  test("is told its end, and held as those are who want a slot", async () => {
    await full(async ({ one, shared: { clock } }) => {
      const pausedAtMs = clock.now();
      const untilMs = await about(one, pausedAtMs);
      expect(clock.now() - pausedAtMs).toBeGreaterThanOrEqual(5_000);
      expect(Math.abs(Number(untilMs) - pausedAtMs - MINUTE)).toBeLessThan(1_000);
    });
  });

  test("is not held when none concerns it, and takes no slot", async () => {
    await full(async ({ other, shared: { clock, store } }) => {
      const [askedAtMs, before] = [clock.now(), await store.read("CreateContact")];
      expect(await about(other, askedAtMs, { channel: "TASK" })).toBeUndefined();
      expect(clock.now() - askedAtMs).toBeLessThan(50);
      expect(await store.read("CreateContact")).toEqual(before);
    });
  });

  test("learns of the pause that another process has begun half a second ago", async () => {
    await full(async ({ other, shared: { clock } }) => {
      expect(await about(other, clock.now(), { channel: "TASK" })).toBeUndefined();
      await clock.sleep(501);
      expect(await about(other, clock.now())).toBeDefined();
    });
  });

  test("is let through when it has ended, and leaves the probe to a call", async () => {
    await full(async ({ one, other, shared: { clock } }) => {
      await clock.sleep(MINUTE);
      expect(await about(one, clock.now())).toBeUndefined();
      expect(granted(await other.ask(EMAIL)).isProbe).toBe(true);
    });
  });

  test("goes ahead alone when it has ended, and the others of its process are held as for a probe", async () => {
    await full(async ({ one, shared: { clock } }) => {
      await clock.sleep(MINUTE);
      const endedAtMs = clock.now();
      const answers = await Promise.all(Array.from({ length: 10 }, async () => await about(one, endedAtMs)));
      const held = answers.filter((untilMs) => untilMs !== undefined);
      expect(held).toHaveLength(9);
      for (const untilMs of held) expect(Math.abs(untilMs - endedAtMs - LEASE)).toBeLessThan(100);
      expect(clock.now() - endedAtMs).toBeGreaterThanOrEqual(5_000);
      expect(await about(one, clock.now())).toBeDefined();
    });
  });

  test("goes ahead when nothing has come of the one before in the time of a probe", async () => {
    await full(async ({ one, shared: { clock } }) => {
      await clock.sleep(MINUTE);
      expect(await about(one, clock.now())).toBeUndefined();
      await clock.sleep(LEASE - 1_000);
      const askedAtMs = clock.now();
      expect(await about(one, askedAtMs)).toBeUndefined();
      expect(clock.now() - askedAtMs).toBeGreaterThanOrEqual(900);
    });
  });

  test("goes on when the call of the one who went ahead has found room", async () => {
    await full(async ({ one, shared: { clock } }) => {
      await clock.sleep(MINUTE);
      const asks = Array.from({ length: 10 }, async () => await about(one, clock.now()));
      await Promise.race(asks);
      await clock.sleep(1_000);
      one.report(granted(await one.ask(EMAIL)), "accepted");
      expect(await Promise.all(asks)).toEqual(asks.map(() => undefined));
    });
  });

  test("waits for a call of its process that is about to probe", async () => {
    await full(async ({ one, shared: { clock } }) => {
      await clock.sleep(MINUTE);
      const asks = [about(one, clock.now()), one.ask(EMAIL), about(one, clock.now())] as const;
      expect(granted(await asks[1]).isProbe).toBe(true);
      expect(await asks[0]).toBeDefined();
      expect(await asks[2]).toBeDefined();
    });
  });

  test("is held while somebody probes", async () => {
    await full(async ({ one, other, shared: { clock } }) => {
      await clock.sleep(MINUTE);
      granted(await one.ask(EMAIL));
      expect(await about(other, clock.now())).toBeDefined();
    });
  });
});

describe("at the end of a pause", () => {
  test("one call probes, and the others wait for what it finds out", async () => {
    await full(async ({ one, other, shared: { clock } }) => {
      await clock.sleep(MINUTE);
      const asks = [one.ask(EMAIL), other.ask(EMAIL), other.ask(EMAIL)];
      const first = granted(await Promise.race(asks));
      expect(first.isProbe).toBe(true);
      await clock.sleep(300);
      for (const process of [one, other]) process.report(first, "accepted");
      await clock.sleep(2_000);
      const rest = (await Promise.all(asks)).map(granted).filter((slot) => slot !== first);
      expect(rest).toHaveLength(2);
    });
  });

  test("the others take no slots while they wait", async () => {
    await full(async ({ one, other, shared: { clock, store } }) => {
      await clock.sleep(MINUTE);
      const asks = Array.from({ length: 10 }, async () => await one.ask(EMAIL));
      await Promise.race(asks);
      const { theoreticalMs } = await store.read("CreateContact");
      expect(theoreticalMs - clock.now()).toBeLessThanOrEqual(500);
      granted(await other.ask({ channel: "TASK" }));
      await Promise.all(asks);
    });
  });

  test("a probe that made a contact ends the pause for everybody, and tells them when", async () => {
    await full(async ({ one, other, shared: { clock } }) => {
      await clock.sleep(MINUTE);
      one.report(granted(await one.ask(EMAIL)), "accepted");
      const acceptedAtMs = clock.now();
      await one.limiter.settled();
      await clock.sleep(600);
      expect(granted(await other.ask(EMAIL))).toMatchObject({ isProbe: false, lastAcceptedAtMs: acceptedAtMs });
    });
  });

  test("a probe that died is followed by another when its lease is over", async () => {
    await full(async ({ one, other, shared: { clock } }) => {
      await clock.sleep(MINUTE);
      expect(granted(await one.ask(EMAIL)).isProbe).toBe(true);
      const diedAtMs = clock.now();
      expect((await other.ask(EMAIL)).kind).toBe("paused");
      await clock.sleep(diedAtMs + LEASE - 2_000 - clock.now());
      expect(granted(await other.ask(EMAIL)).isProbe).toBe(true);
      expect(clock.now() - diedAtMs).toBeGreaterThanOrEqual(LEASE - 10);
    });
  });

  test("a probe that learned nothing is followed by another at once", async () => {
    await full(async ({ one, other, shared: { clock } }) => {
      await clock.sleep(MINUTE);
      one.report(granted(await one.ask(EMAIL)), "transient");
      await one.limiter.settled();
      const reportedAtMs = clock.now();
      expect(granted(await other.ask(EMAIL)).isProbe).toBe(true);
      expect(clock.now() - reportedAtMs).toBeLessThan(1_000);
    });
  });
});

describe("when five answers in a row are denied", () => {
  test("everything pauses, in every process and channel", async () => {
    const { clock, processes } = aSharedQuota({ quota: { ratePerSecond: 20, burst: 20 }, processes: 2 });
    const [one, other] = processes;
    const scene = async () => {
      for (let denials = 0; denials < 4; denials += 1) one?.report(granted(await one.ask(EMAIL)), "denied");
      await one?.limiter.settled();
      expect((await other?.ask({ channel: "TASK" }))?.kind).toBe("granted");
      one?.report(granted(await one.ask(EMAIL)), "denied");
      await one?.limiter.settled();
      await clock.sleep(600);
      expect((await other?.ask({ channel: "TASK" }))?.kind).toBe("paused");
    };
    const played = scene();
    await clock.run(played);
    await played;
  });
});
