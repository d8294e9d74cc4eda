import { expect, test } from "@jest/globals";
import { aLocalSystem } from "./support/a-local-system.ts";
import { aWorker } from "./support/a-worker.ts";
import { reported } from "./support/reported.ts";
import { send } from "./support/send.ts";
import { until } from "./support/until.ts";

test("a handler is given the context that Lambda gives", async () => {
  const code = `export const handler = async (event, context) => {
    console.log("REPORT " + JSON.stringify({ ...context, remainingMs: context.getRemainingTimeInMillis() }));
  };`;
  const running = await aLocalSystem(aWorker(code, { lambda: { Timeout: 7 } }));
  await send(running, ["x"]);
  const context = await until("the report", () => reported<Record<string, unknown>>(running.lines)[0]);
  expect(context).toEqual({
    callbackWaitsForEmptyEventLoop: true,
    functionName: "worker",
    functionVersion: "$LATEST",
    invokedFunctionArn: "arn:aws:lambda:us-east-1:000000000000:function:worker",
    memoryLimitInMB: "128",
    awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    logGroupName: "/aws/lambda/worker",
    logStreamName: expect.any(String),
    remainingMs: expect.any(Number),
  });
  expect(context["remainingMs"]).toBeGreaterThan(6000);
  expect(context["remainingMs"]).toBeLessThanOrEqual(7000);
});

test("the remaining time shrinks, whatever the code does to the clock", async () => {
  const code = `Date.now = () => 0; globalThis.performance = { now: () => 0 };
    export const handler = async (event, context) => {
      const before = context.getRemainingTimeInMillis();
      await new Promise((resolve) => setTimeout(resolve, 50));
      console.log("REPORT " + (before - context.getRemainingTimeInMillis()));
    };`;
  const running = await aLocalSystem(aWorker(code));
  await send(running, ["x"]);
  const elapsedMs = await until("the report", () => reported<number>(running.lines)[0]);
  expect(elapsedMs).toBeGreaterThanOrEqual(49);
});

test("a warm process is used again", async () => {
  const code = `let count = 0; export const handler = async () => { console.log("REPORT " + JSON.stringify([process.pid, ++count])); };`;
  const running = await aLocalSystem(aWorker(code));
  await send(running, ["x"]);
  await until(
    "the first invocation",
    () => running.system.queueDepths()["work"]?.inFlight === 0 && running.lines.length === 1,
  );
  await send(running, ["y"]);
  await until("the second invocation", () => running.lines.length === 2);
  const [first, second] = reported<[number, number]>(running.lines);
  expect(second).toEqual([first?.[0], 2]);
});
