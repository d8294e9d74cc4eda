import { expect, test } from "@jest/globals";
import { aLocalSystem } from "./support/a-local-system.ts";
import { aWorker } from "./support/a-worker.ts";
import { send } from "./support/send.ts";
import { until } from "./support/until.ts";

const hello = "async () => { console.log('hello') }";

test.each([
  ["an ES module", "index.mjs", `export const handler = ${hello};`, "index.handler"],
  ["a CommonJS module", "index.js", `exports.handler = ${hello};`, "index.handler"],
  ["a CommonJS module by its ending", "index.cjs", `module.exports = { handler: ${hello} };`, "index.handler"],
  ["a handler of another name", "main.mjs", `export const run = ${hello};`, "main.run"],
])("%s is loaded as Lambda does", async (_name, file, code, Handler) => {
  const running = await aLocalSystem(aWorker(code, { file, lambda: { Handler } }));
  await send(running, ["x"]);
  await until("the handler", () => running.lines.includes("hello"));
});

test.each([
  ["throws while it is loaded", "index.mjs", "throw new Error('no table');", "no table"],
  ["does not parse", "index.mjs", "export const = ;", "SyntaxError"],
  ["has no such handler", "index.mjs", "export const other = 1;", "index.handler is undefined or not exported"],
  ["has no such file", "main.mjs", "", "Cannot find module 'index'"],
  [
    "takes a callback",
    "index.mjs",
    "export const handler = (event, context, callback) => callback();",
    "takes a callback",
  ],
  ["ends while it is loaded", "index.mjs", "process.exit(9);", "exit status 9"],
  ["needs a package that is not in the bundle", "index.mjs", "import 'zod';", "Cannot find package 'zod'"],
])("code that %s is reported once, and its message stays", async (_name, file, code, reason) => {
  const running = await aLocalSystem(aWorker(code, { file }));
  await send(running, ["x"]);
  const line = await until("the report", () =>
    running.lines.find((candidate) => candidate.includes("cannot be started")),
  );
  expect(line).toContain(reason);
  expect(running.system.queueDepths()["work"]).toEqual({ visible: 0, inFlight: 1, delayed: 0 });
});

test("code that does not load is not tried again for every message of a full queue", async () => {
  const running = await aLocalSystem(aWorker("throw new Error('no')"));
  await send(running, Array.from({ length: 200 }, String));
  await until("the report", () => running.lines.some((line) => line.includes("cannot be started")));
  // Five batches of ten are with the function at most; the others are left alone while it rests.
  await until("a rest", () => running.system.functionProcesses().length === 0);
  expect(running.system.queueDepths()["work"]?.visible).toBeGreaterThanOrEqual(150);
});
