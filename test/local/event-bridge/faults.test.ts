import { expect, test } from "@jest/globals";
import { received } from "../support/received.ts";
import { until } from "../support/until.ts";
import { anEntry, anEventSystem, put } from "./an-event-system.ts";

const ten = Array.from({ length: 10 }, () => anEntry());

test("entries fail with the probability that is asked for, and are not put", async () => {
  const system = await anEventSystem();
  system.system.eventBridge.setFaults({ failedEntries: 0.5 });
  const { FailedEntryCount = 0, Entries } = await put(system, ...ten);
  expect(FailedEntryCount).toBeGreaterThan(0);
  expect(FailedEntryCount).toBeLessThan(10);
  expect(Entries?.filter(({ ErrorCode }) => ErrorCode === "InternalFailure")).toHaveLength(FailedEntryCount);
  expect(system.system.eventBridge.events()).toHaveLength(10 - FailedEntryCount);
});

test("the same seed strikes the same entries and gives the same ids, another one others", async () => {
  const run = async (seed: number) => {
    const system = await anEventSystem({ options: { seed } });
    system.system.eventBridge.setFaults({ failedEntries: 0.5 });
    return (await put(system, ...ten)).Entries;
  };
  const first = await run(1);
  expect(await run(1)).toEqual(first);
  expect(await run(2)).not.toEqual(first);
});

test("an event can be delivered twice", async () => {
  const system = await anEventSystem();
  system.system.eventBridge.setFaults({ repeatedDeliveries: 1 });
  await put(system, anEntry());
  await until("two messages", () => system.system.queueDepths()["work"]?.visible === 2);
  const bodies = [(await received(system, "work")).Body, (await received(system, "work")).Body];
  expect(new Set(bodies).size).toBe(1);
});

test.each([[{ failedEntries: 2 }], [{ failedEntries: Number.NaN }], [{ lostEvents: 0.5 }]])(
  "%j is refused with what there is",
  async (faults) => {
    const { system } = await anEventSystem();
    expect(() => system.eventBridge.setFaults(faults as never)).toThrow(
      /Faults are failedEntries, repeatedDeliveries, each from 0 to 1/,
    );
  },
);

test("in an outage of EventBridge nothing is put", async () => {
  const system = await anEventSystem();
  system.system.beginOutage("events", "unavailable");
  await expect(put(system, anEntry())).rejects.toMatchObject({ $metadata: { httpStatusCode: 503 } });
  system.system.endOutage("events");
  expect(system.system.eventBridge.events()).toEqual([]);
});

test.each(["unavailable", "unreachable"] as const)(
  "an event put while SQS is %s is delivered afterwards",
  async (outage) => {
    const system = await anEventSystem();
    system.system.beginOutage("sqs", outage);
    await put(system, anEntry());
    system.system.endOutage("sqs");
    expect((await received(system, "work")).Body).toContain(`"source":"billing"`);
  },
);

test("an outage of SQS is one for deliveries too", async () => {
  const system = await anEventSystem({ target: { RetryPolicy: { MaximumRetryAttempts: 0 } } });
  system.system.beginOutage("sqs", "unreachable");
  await put(system, anEntry());
  await until("a notice", () => system.notices.length > 0);
  expect(system.notices).toEqual([
    expect.stringMatching(/CONNECTION_FAILURE.*It is lost: nor could .*:undeliverable take it/),
  ]);
});
