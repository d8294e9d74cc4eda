import { expect, test } from "@jest/globals";
import { received } from "../support/received.ts";
import { anEntry, anEventSystem, put } from "./an-event-system.ts";

test("a target gets the event with AWS's members in AWS's order", async () => {
  const system = await anEventSystem();
  const Time = new Date("2026-12-01T09:00:00.999Z");
  const { Entries } = await put(system, anEntry({ Time, Resources: ["arn:a", "arn:b"], Detail: `{ "id" : "é😀" }` }));
  const { Body, MessageAttributes } = await received(system, "work");
  expect(Body).toBe(
    `{"version":"0","id":"${Entries?.[0]?.EventId}","detail-type":"order","source":"billing","account":"000000000000",` +
      `"time":"2026-12-01T09:00:00Z","region":"us-east-1","resources":["arn:a","arn:b"],"detail":{"id":"é😀"}}`,
  );
  expect(MessageAttributes).toBeUndefined();
});

test("the time of ingestion is that of the arrival, whatever the event says", async () => {
  const InputTemplate = `[<time>,<aws.events.event.ingestion-time>]`;
  const system = await anEventSystem({
    target: { InputTransformer: { InputTemplate, InputPathsMap: { time: "$.time" } } },
  });
  const before = Math.floor(Date.now() / 1000) * 1000;
  await put(system, anEntry({ Time: new Date("2020-01-01T00:00:00Z") }));
  const [time, ingestion] = JSON.parse((await received(system, "work")).Body ?? "");
  expect(time).toBe("2020-01-01T00:00:00Z");
  expect(Date.parse(ingestion)).toBeGreaterThanOrEqual(before);
});

test("an event without a time has that of its arrival, by the clock that the functions see", async () => {
  const system = await anEventSystem();
  await system.system.moveClock(86_400_000);
  const before = Math.floor(Date.now() / 1000) * 1000;
  await put(system, anEntry());
  const time = Date.parse(system.system.eventBridge.events()[0]?.event.time ?? "") - 86_400_000;
  expect(time).toBeGreaterThanOrEqual(before);
  expect(time).toBeLessThanOrEqual(Date.now());
});
