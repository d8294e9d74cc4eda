import { describe, expect, test } from "@jest/globals";
import type { Slot, SlotAnswer } from "#shared/rate-limiter/slot.ts";
import { aSharedQuota, type Process } from "#test/support/a-shared-quota.ts";
import type { LostAnswer } from "#test/support/remote-bucket-store.ts";

function granted(answer: SlotAnswer): Slot {
  if (answer.kind !== "granted") throw new Error(`The slot was not granted: ${JSON.stringify(answer)}`);
  return answer.slot;
}

/** Two processes at one call a second, and no burst to speak of. */
async function play(
  scene: (given: { one: Process; other: Process; shared: ReturnType<typeof aSharedQuota> }) => Promise<void>,
) {
  const shared = aSharedQuota({ quota: { ratePerSecond: 1, burst: 2 }, processes: 2 });
  const [one, other] = shared.processes;
  if (one === undefined || other === undefined) throw new Error("There are no two processes.");
  const played = scene({ one, other, shared });
  await shared.clock.run(played);
  await played;
}

describe("a slot that was not used", () => {
  test("goes to the next asker in the same process, without a write", async () => {
    await play(async ({ one, shared: { clock, store } }) => {
      const fromMs = clock.now();
      const [first, second] = [one.ask(), one.ask()];
      const slot = granted(await first);
      const { writes } = store;
      one.report(slot, "unused");
      granted(await second);
      expect(clock.now() - fromMs).toBeLessThan(100);
      expect(store.writes).toBe(writes);
    });
  });

  test("is given back to the bucket when nobody waits in this process, and used by another", async () => {
    await play(async ({ one, other, shared: { clock } }) => {
      const fromMs = clock.now();
      one.report(granted(await one.ask()), "unused");
      await one.limiter.settled();
      granted(await other.ask());
      expect(clock.now() - fromMs).toBeLessThan(100);
    });
  });

  test("is given back together with the others that nobody wants any more", async () => {
    await play(async ({ one, other, shared: { clock, store } }) => {
      const fromMs = clock.now();
      const asks = Array.from({ length: 5 }, async () => await one.ask({ latestMs: fromMs + 4_500 }));
      const slot = granted(await Promise.race(asks));
      one.report(slot, "at-capacity");
      await clock.sleep(300);
      const { writes } = store;
      granted(await other.ask({ channel: "TASK" }));
      // The next slot after the one that was used, and not the sixth.
      expect(clock.now() - fromMs).toBeLessThan(1_200);
      expect(store.writes - writes).toBe(1);
      await Promise.all(asks);
    });
  });

  test("in front of somebody else's slot is lost to the others, and still there for this process", async () => {
    await play(async ({ one, other, shared: { clock } }) => {
      const fromMs = clock.now();
      const slot = granted(await one.ask());
      const second = other.ask();
      await clock.sleep(100);
      one.report(slot, "unused");
      await one.limiter.settled();
      granted(await one.ask());
      expect(clock.now() - fromMs).toBeLessThan(250);
      granted(await second);
      expect(clock.now() - fromMs).toBeGreaterThanOrEqual(1_000);
    });
  });

  test.each<{ answer: LostAnswer }>([{ answer: "refused" }, { answer: "thrown" }])(
    "is not used by the one who gave it back when the answer to that is lost ($answer)",
    async ({ answer }) => {
      await play(async ({ one, other, shared: { clock, store } }) => {
        const fromMs = clock.now();
        const slot = granted(await one.ask());
        store.loses = { answer, share: 1 };
        one.report(slot, "unused");
        await one.limiter.settled();
        expect(store.lostAnswers).toBe(1);
        store.loses = undefined;
        granted(await other.ask());
        expect(clock.now() - fromMs).toBeLessThan(100);
        granted(await one.ask());
        expect(clock.now() - fromMs).toBeGreaterThanOrEqual(1_000);
      });
    },
  );

  test("is reported once: what comes twice or from elsewhere changes nothing", async () => {
    await play(async ({ one, other, shared: { clock, store } }) => {
      const slot = granted(await one.ask());
      one.report(slot, "accepted");
      const before = await store.read("CreateContact");
      one.report(slot, "throttled");
      other.report(slot, "throttled");
      await clock.sleep(1_000);
      expect(await store.read("CreateContact")).toEqual(before);
    });
  });
});

describe("a contact that was made", () => {
  test("costs the store nothing, and is told to whoever calls next in this process", async () => {
    await play(async ({ one, shared: { clock, store } }) => {
      const slot = granted(await one.ask());
      const [reads, writes] = [store.reads, store.writes];
      one.report(slot, "accepted");
      const acceptedAtMs = clock.now();
      await one.limiter.settled();
      expect([store.reads, store.writes]).toEqual([reads, writes]);
      expect(granted(await one.ask())).toMatchObject({ lastAcceptedAtMs: acceptedAtMs });
    });
  });
});

describe("somebody for whom every slot is too late", () => {
  test("waits until then, in case one becomes free, and goes without", async () => {
    await play(async ({ one, shared: { clock } }) => {
      const fromMs = clock.now();
      granted(await one.ask());
      granted(await one.ask());
      expect(await one.ask({ latestMs: fromMs + 1_800 })).toEqual({ kind: "none-in-time" });
      expect(clock.now() - fromMs).toBeGreaterThanOrEqual(1_800);
      expect(clock.now() - fromMs).toBeLessThan(1_850);
    });
  });

  test("goes at once when the moment is over already", async () => {
    await play(async ({ one, shared: { clock } }) => {
      const fromMs = clock.now();
      expect(await one.ask({ latestMs: fromMs - 1 })).toEqual({ kind: "none-in-time" });
      expect(clock.now() - fromMs).toBeLessThan(50);
    });
  });
});
