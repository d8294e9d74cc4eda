import { expect, test } from "@jest/globals";
import { aLocalSystem } from "./support/a-local-system.ts";
import { aWorker } from "./support/a-worker.ts";
import { send } from "./support/send.ts";
import { until } from "./support/until.ts";

const firstTime = (action: string) =>
  `export const handler = async ({ Records: [record] }) => {
    if (record.attributes.ApproximateReceiveCount === "1") { ${action} }
    console.log("done by " + process.pid);
  };`;
const quickReturn = { queue: { VisibilityTimeout: 2 }, lambda: { Timeout: 1 } };

test.each([
  ["exits", "process.exit(3)", "Runtime exited with error: exit status 3"],
  [
    "throws outside of the handler",
    "setTimeout(() => { throw new Error('loose') }); await new Promise(() => {})",
    "Runtime exited with error: exit status 1",
  ],
])("a process that %s fails its invocation, and the message goes to a new process", async (_name, action, reason) => {
  const running = await aLocalSystem(aWorker(firstTime(action), quickReturn));
  await send(running, ["x"]);
  await until("the second attempt", () => running.lines.some((line) => line.startsWith("done by")));
  expect(running.lines.some((line) => line.includes(reason))).toBe(true);
});

test("a process that is killed while busy fails its invocation, and the message goes to a new process", async () => {
  const running = await aLocalSystem(
    aWorker(firstTime("console.log('hanging'); await new Promise(() => {})"), quickReturn),
  );
  await send(running, ["x"]);
  await until("a busy process", () => running.lines.includes("hanging"));
  const [victim] = running.system.functionProcesses();
  expect(victim).toMatchObject({ functionName: "worker", busy: true });
  process.kill(victim?.pid ?? 0, "SIGKILL");
  await until("the second attempt", () => running.lines.some((line) => line.startsWith("done by")));
  expect(running.lines).toContain("Runtime.ExitError: Runtime exited with error: signal: SIGKILL");
  expect(running.system.functionProcesses().map(({ pid }) => pid)).not.toContain(victim?.pid);
});

test("a process that is killed while idle is not used again", async () => {
  const running = await aLocalSystem(aWorker(firstTime("")));
  await send(running, ["x"]);
  const idle = await until("an idle process", () => running.system.functionProcesses().find(({ busy }) => !busy));
  process.kill(idle.pid, "SIGKILL");
  await until("its end", () => running.system.functionProcesses().length === 0);
  await send(running, ["y"]);
  await until("the second invocation", () => running.lines.length === 2);
  expect(running.lines).toEqual([`done by ${idle.pid}`, expect.stringMatching(/^done by \d+$/)]);
  expect(running.lines[1]).not.toBe(running.lines[0]);
});
