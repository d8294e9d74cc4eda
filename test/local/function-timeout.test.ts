import { expect, test } from "@jest/globals";
import { aLocalSystem } from "./support/a-local-system.ts";
import { aWorker } from "./support/a-worker.ts";
import { isAlive } from "./support/is-alive.ts";
import { reported } from "./support/reported.ts";
import { send } from "./support/send.ts";
import { until } from "./support/until.ts";

test.each([
  ["waits for ever", "await new Promise(() => setInterval(() => {}, 1000));"],
  ["never yields", "for (;;);"],
])("a function that %s is killed at its timeout, and its message returns to a new process", async (_name, hang) => {
  const code = `export const handler = async ({ Records: [record] }) => {
    const count = Number(record.attributes.ApproximateReceiveCount);
    require("node:fs").writeSync(1, "REPORT " + JSON.stringify({ pid: process.pid, count }) + "\\n");
    if (count === 1) { ${hang} }
  };`;
  const worker = aWorker(
    `import { createRequire } from "node:module"; const require = createRequire(import.meta.url); ${code}`,
    {
      queue: { VisibilityTimeout: 2 },
      lambda: { Timeout: 1 },
    },
  );
  const running = await aLocalSystem(worker);
  await send(running, ["x"]);
  const [first, second] = await until("two attempts", () => {
    const attempts = reported<{ pid: number; count: number }>(running.lines);
    return attempts.length === 2 && attempts;
  });

  expect(running.lines).toContain("Sandbox.Timedout: Task timed out after 1.00 seconds");
  expect([first?.count, second?.count]).toEqual([1, 2]);
  expect(second?.pid).not.toBe(first?.pid);
  await until("the end of the first process", () => !isAlive(first?.pid ?? 0));
  await until("an empty queue", () => running.system.queueDepths()["work"]?.inFlight === 0);
});
