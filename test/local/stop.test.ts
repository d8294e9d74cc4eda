import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { connect } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";
import { aLocalSystem } from "./support/a-local-system.ts";
import { aWorker } from "./support/a-worker.ts";
import { anAssembly } from "./support/an-assembly.ts";
import { isAlive } from "./support/is-alive.ts";
import { reported } from "./support/reported.ts";
import { send } from "./support/send.ts";
import { until } from "./support/until.ts";

test.each([
  ["waits", "await new Promise(() => {});"],
  ["never yields", "for (;;);"],
  [
    "has started a process of its own",
    "process.getBuiltinModule('node:child_process').spawn('sleep', ['30.4566'], { stdio: 'inherit' }); for (;;);",
  ],
])("stopping takes less than two seconds and leaves nothing behind, also while a function %s", async (_name, hang) => {
  const code = `import { writeSync } from "node:fs";
    export const handler = async () => { writeSync(1, "REPORT " + JSON.stringify({ pid: process.pid, root: process.cwd() }) + "\\n"); ${hang} };`;
  const running = await aLocalSystem(aWorker(code, { mapping: { BatchSize: 1 } }));
  await send(running, ["1", "2"]);
  const processes = await until("two busy processes", () => {
    const reports = reported<{ pid: number; root: string }>(running.lines);
    return reports.length === 2 && reports;
  });
  expect(running.system.functionProcesses().map(({ pid, busy }) => [pid, busy])).toEqual(
    expect.arrayContaining(processes.map(({ pid }) => [pid, true])),
  );
  // A connection that is kept alive, and one that waits for an answer.
  await fetch(`${running.system.endpoint}/_local/queues`);

  const began = performance.now();
  await running.system.stop();
  expect(performance.now() - began).toBeLessThan(10_000);
  expect(processes.map(({ pid }) => isAlive(pid))).toEqual([false, false]);
  expect(execFileSync("ps", ["-eo", "args"], { encoding: "utf8" })).not.toContain("sleep 30.4566");
  expect(processes.map(({ root }) => existsSync(root))).toEqual([false, false]);
  await expect(fetch(running.system.endpoint)).rejects.toThrow("fetch failed");
  expect(running.lines.filter((line) => !line.startsWith("REPORT"))).toEqual([]);
});

test("stopping does not wait for a client in the middle of a request", async () => {
  const { system } = await aLocalSystem(aWorker(""));
  const client = connect(Number(new URL(system.endpoint).port), "127.0.0.1");
  client.on("error", () => undefined);
  client.write("PUT /payloads/x HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n");
  client.write(
    "Authorization: AWS4-HMAC-SHA256 Credential=k/20261120/us-east-1/s3/aws4_request\r\nExpect: 100-continue\r\n\r\n",
  );
  await once(client, "data");

  const began = performance.now();
  await system.stop();
  expect(performance.now() - began).toBeLessThan(10_000);
});

test("stopping twice is the same as once", async () => {
  const { system } = await aLocalSystem(aWorker(""));
  await Promise.all([system.stop(), system.stop()]);
});

test("a failed start leaves nothing open", async () => {
  const { system } = await aLocalSystem(aWorker(""));
  await system.stop();
  const worker = aWorker("export const handler = async () => {};", { mapping: { FunctionName: "gone" } });
  await expect(aLocalSystem(worker, { port: Number(new URL(system.endpoint).port) })).rejects.toThrow("gone");
  await expect(fetch(system.endpoint)).rejects.toThrow("fetch failed");
});

test("functions end when the runner is killed", async () => {
  const assembly = await anAssembly(
    aWorker(`export const handler = async () => { console.log("pid", process.pid); await new Promise(() => {}); };`),
  );
  const runner = spawn(
    process.execPath,
    [fileURLToPath(new URL("./support/run-and-send.ts", import.meta.url)), assembly],
    {
      // What a killed runner leaves in its temporary directory goes with the assembly.
      env: { ...process.env, TMPDIR: assembly },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const [line] = await once(createInterface({ input: runner.stdout }), "line");
  const pid = Number(String(line).replace("pid ", ""));
  expect(isAlive(pid)).toBe(true);
  runner.kill("SIGKILL");
  await until("the end of the function's process", () => !isAlive(pid));
  await rm(assembly, { recursive: true });
});
