import { CreateContactCommand, StopContactCommand, ThrottlingException } from "@aws-sdk/client-connect";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { DEFAULT_SETTINGS } from "#local/connect-emulator/emulator-settings.ts";
import { TokenBucket } from "#local/connect-emulator/token-bucket.ts";
import { starts } from "./commands.ts";
import { aTask, INSTANCE_ID } from "./requests.ts";
import { startedEmulator } from "./started-emulator.ts";

const quota = fc.record({
  ratePerSecond: fc.double({ min: 0.1, max: 50, noNaN: true }),
  burst: fc.integer({ min: 1, max: 20 }),
});
const pausesMs = fc.array(fc.integer({ min: 0, max: 2000 }), { minLength: 1, maxLength: 150 });
const FIXED = { seed: 20_261_120, numRuns: 300 };

describe("the token bucket", () => {
  test("lets through at most burst + rate · t in any window of length t", () => {
    fc.assert(
      fc.property(quota, pausesMs, (terms, pauses) => {
        const bucket = new TokenBucket(terms, 0);
        const takenAtMs: number[] = [];
        let nowMs = 0;
        for (const pauseMs of pauses) {
          nowMs += pauseMs;
          if (bucket.take(nowMs)) takenAtMs.push(nowMs);
        }
        for (const [from, fromMs] of takenAtMs.entries()) {
          for (const [to, toMs] of takenAtMs.entries()) {
            if (to < from) continue;
            const allowed = terms.burst + (terms.ratePerSecond * (toMs - fromMs)) / 1000;
            expect(to - from + 1).toBeLessThanOrEqual(allowed + 1e-6);
          }
        }
      }),
      FIXED,
    );
  });

  test("refuses nobody who has kept to the rate", () => {
    fc.assert(
      fc.property(quota, fc.integer({ min: 1, max: 200 }), (terms, calls) => {
        const bucket = new TokenBucket(terms, 0);
        // One millisecond over the interval is the slowest that floating point could make of it.
        const intervalMs = 1000 / terms.ratePerSecond + 1;
        return Array.from({ length: calls }, (_, call) => bucket.take(call * intervalMs)).every(Boolean);
      }),
      FIXED,
    );
  });

  test("agrees with a model that counts tokens in fractions of a thousand", () => {
    const whole = fc.record({ ratePerSecond: fc.integer({ min: 1, max: 50 }), burst: fc.integer({ min: 1, max: 20 }) });
    fc.assert(
      fc.property(whole, pausesMs, ({ ratePerSecond, burst }, pauses) => {
        // Rates by which a millisecond is a binary fraction of a token, so that both count exactly.
        const exact = { ratePerSecond: ratePerSecond * 125, burst };
        const bucket = new TokenBucket(exact, 0);
        let eighths = burst * 8;
        let nowMs = 0;
        for (const pauseMs of pauses) {
          nowMs += pauseMs % 5;
          eighths = Math.min(burst * 8, eighths + (pauseMs % 5) * ratePerSecond);
          const isGranted = eighths >= 8;
          if (isGranted) eighths -= 8;
          expect(bucket.take(nowMs)).toBe(isGranted);
        }
      }),
      FIXED,
    );
  });

  test("neither fills nor blocks when the clock is set back", () => {
    const bucket = new TokenBucket({ ratePerSecond: 1, burst: 1 }, 1_000_000);

    expect([1_000_000, 0, 999, 1000].map((nowMs) => bucket.take(nowMs))).toEqual([true, false, false, true]);
  });
});

describe("the quota of an API", () => {
  test.each(starts)(
    "$operation: five at once, then two a second, and 429 ThrottlingException beyond",
    async ({ operation, start }) => {
      let nowMs = 0;
      const { client, emulator } = await startedEmulator({
        now: () => nowMs,
        settings: { quota: DEFAULT_SETTINGS.quota },
      });
      const callsThrough = async (calls: number): Promise<number> => {
        const settled = await Promise.allSettled(Array.from({ length: calls }, () => start(client)));
        return settled.filter(({ status }) => status === "fulfilled").length;
      };

      expect(await callsThrough(8)).toBe(5);
      nowMs += 500;
      expect(await callsThrough(3)).toBe(1);
      nowMs += 60_000;
      expect(await callsThrough(8)).toBe(5);
      expect(emulator.stats().operations).toMatchObject({
        [operation]: { calls: 19, throttled: 8, contacts: 11, answers: { "200": 11, ThrottlingException: 8 } },
      });
    },
  );

  test("StopContact has 15 at once", async () => {
    const { client, emulator } = await startedEmulator({ now: () => 0, settings: { quota: DEFAULT_SETTINGS.quota } });
    const stop = new StopContactCommand({ InstanceId: INSTANCE_ID, ContactId: "none" });

    await Promise.allSettled(Array.from({ length: 20 }, () => client.send(stop)));

    expect(emulator.stats().operations.StopContact).toMatchObject({ calls: 20, throttled: 5 });
  });

  test("the exception is the SDK's own class, with status and message", async () => {
    const { client } = await startedEmulator({ settings: { quota: { CreateContact: { burst: 0 } } } });

    const refusal = await client.send(new CreateContactCommand(aTask())).catch((error: unknown) => error);

    expect(refusal).toBeInstanceOf(ThrottlingException);
    expect(refusal).toMatchObject({ message: "Rate exceeded", $metadata: { httpStatusCode: 429 } });
  });

  test("a repeated token and a refused request use it too", async () => {
    const { client, emulator } = await startedEmulator({ now: () => 0, settings: { quota: DEFAULT_SETTINGS.quota } });
    const task = new CreateContactCommand(aTask({ ClientToken: "token-1" }));
    const wrong = new CreateContactCommand(aTask({ Channel: "CHAT" }));

    for (const command of [task, task, task, wrong, wrong]) await client.send(command).catch(() => undefined);

    await expect(client.send(task)).rejects.toThrow(ThrottlingException);
    expect(emulator.contacts()).toEqual([expect.objectContaining({ timesAsked: 3 })]);
  });

  test("a change counts from the next call on, and starts with a full bucket", async () => {
    const { client, emulator } = await startedEmulator({ now: () => 0, settings: { quota: DEFAULT_SETTINGS.quota } });
    const task = new CreateContactCommand(aTask());
    for (let call = 0; call < 6; call += 1) await client.send(task).catch(() => undefined);

    emulator.configure({ quota: { CreateContact: { burst: 3 } } });
    for (let call = 0; call < 6; call += 1) await client.send(task).catch(() => undefined);

    expect(emulator.stats().operations.CreateContact).toMatchObject({ contacts: 8, throttled: 4 });
  });

  test("each API has its own, and one can be changed alone", async () => {
    const { client, emulator } = await startedEmulator({ now: () => 0, settings: { quota: DEFAULT_SETTINGS.quota } });
    emulator.configure({ quota: { CreateContact: { burst: 1 } } });

    for (const { start } of starts) {
      await start(client).catch(() => undefined);
      await start(client).catch(() => undefined);
    }

    expect(emulator.contacts().map(({ operation }) => operation)).toEqual([
      "StartEmailContact",
      "StartEmailContact",
      "StartOutboundEmailContact",
      "StartOutboundEmailContact",
      "CreateContact",
      "StartOutboundChatContact",
      "StartOutboundChatContact",
    ]);
  });
});
