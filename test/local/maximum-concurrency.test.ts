import { expect, test } from "@jest/globals";
import { aLocalSystem } from "./support/a-local-system.ts";
import { aWorker } from "./support/a-worker.ts";
import { send } from "./support/send.ts";
import { until } from "./support/until.ts";

const slow = `export const handler = async () => {
  console.log("+"); await new Promise((resolve) => setTimeout(resolve, 15)); console.log("-");
};`;

/** The most invocations that ran at once, by the lines that they wrote at their begin and end. */
function mostAtOnce(lines: readonly string[]): number {
  let running = 0;
  return Math.max(...lines.map((line) => (running += line === "+" ? 1 : -1)));
}

test.each([
  ["of the mapping", { mapping: { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 3 } } }, 3],
  ["reserved for the function", { mapping: { BatchSize: 1 }, lambda: { ReservedConcurrentExecutions: 2 } }, 2],
])(
  "the concurrency %s is reached and never exceeded, and no more processes are started",
  async (_name, overrides, limit) => {
    const running = await aLocalSystem(aWorker(slow, overrides));
    await send(running, Array.from({ length: 60 }, String));
    await until("sixty invocations", () => running.lines.length === 120);
    expect(mostAtOnce(running.lines)).toBe(limit);
    expect(running.system.functionProcesses().length).toBe(limit);
  },
);
