import { ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { expect, test } from "@jest/globals";
import { aLocalSystem } from "./support/a-local-system.ts";
import { aWorker } from "./support/a-worker.ts";
import { reported } from "./support/reported.ts";
import { send } from "./support/send.ts";
import { until } from "./support/until.ts";

const code = `export const handler = async ({ Records }) => console.log("REPORT " + JSON.stringify(Records.map(({ body }) => body.slice(0, 8))));`;
const total = (batches: readonly string[][]) => batches.flat().length;

test("no batch is larger than the batch size", async () => {
  const running = await aLocalSystem(aWorker(code, { mapping: { BatchSize: 4 } }));
  await send(running, Array.from({ length: 20 }, String));
  await until("all", () => total(reported(running.lines)) === 20);
  expect(Math.max(...reported<string[]>(running.lines).map((batch) => batch.length))).toBe(4);
});

test("the window gathers what comes one by one into one batch", async () => {
  const running = await aLocalSystem(aWorker(code, { mapping: { MaximumBatchingWindowInSeconds: 1 } }));
  for (const body of ["1", "2", "3"]) await send(running, [body]);
  const batches = await until(
    "a batch",
    () => reported<string[]>(running.lines).length > 0 && reported<string[]>(running.lines),
  );
  expect(batches).toEqual([["1", "2", "3"]]);
});

test("a full batch does not wait for the window's end", async () => {
  const running = await aLocalSystem(aWorker(code, { mapping: { BatchSize: 2, MaximumBatchingWindowInSeconds: 300 } }));
  for (const body of ["1", "2"]) await send(running, [body]);
  const [batch] = await until(
    "a batch",
    () => reported<string[]>(running.lines).length > 0 && reported<string[]>(running.lines),
  );
  expect(batch).toEqual(["1", "2"]);
});

test("a batch over ten is put together from several receives", async () => {
  const running = await aLocalSystem(
    aWorker(code, { mapping: { BatchSize: 25, MaximumBatchingWindowInSeconds: 300, Enabled: true } }),
  );
  await send(running, Array.from({ length: 25 }, String));
  const [batch] = await until(
    "a batch",
    () => reported<string[]>(running.lines).length > 0 && reported<string[]>(running.lines),
  );
  expect(batch).toHaveLength(25);
});

test("no event is over 6 MB: what does not fit comes in the next", async () => {
  const sizes = `export const handler = async (event) => console.log("REPORT " + JSON.stringify([JSON.stringify(event).length, event.Records.length]));`;
  const running = await aLocalSystem(
    aWorker(sizes, { mapping: { MaximumBatchingWindowInSeconds: 1 }, lambda: { MemorySize: 512 } }),
  );
  for (let index = 0; index < 8; index += 1) await send(running, ["x".repeat(1_000_000)]);
  const events = await until("all", () => {
    const seen = reported<[bytes: number, records: number]>(running.lines);
    return seen.reduce((sum, [, records]) => sum + records, 0) === 8 && seen;
  });
  expect(Math.max(...events.map(([bytes]) => bytes))).toBeLessThanOrEqual(6 * 1024 * 1024);
  expect(Math.max(...events.map(([, records]) => records))).toBe(6);
});

test("a mapping that is not enabled polls nothing: its messages are there for others", async () => {
  const running = await aLocalSystem(aWorker(code, { mapping: { Enabled: false } }));
  await send(running, ["x"]);
  const receive = new ReceiveMessageCommand({ QueueUrl: running.system.queueUrls["work"], VisibilityTimeout: 0 });
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const { Messages } = await running.sqs.send(receive);
    expect(Messages).toHaveLength(1);
  }
});
