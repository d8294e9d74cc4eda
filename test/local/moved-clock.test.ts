import { expect, test } from "@jest/globals";
import { aLocalSystem } from "./support/a-local-system.ts";
import { aWorker } from "./support/a-worker.ts";
import { reported } from "./support/reported.ts";
import { send } from "./support/send.ts";
import { until } from "./support/until.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** How far two clocks may be apart that were read one after the other. */
const CLOSE_MS = 5_000;

interface Times {
  readonly pid: number;
  readonly now: number;
  readonly date: number;
  readonly text: number;
  readonly atInit: number;
}

const REPORT_TIMES = `
  const atInit = Date.now();
  export const handler = async () => {
    const times = { pid: process.pid, now: Date.now(), date: new Date().getTime(), text: Date.parse(Date()), atInit };
    console.log("REPORT " + JSON.stringify(times));
  };`;

const aheadMs = (times: number | undefined) => (times ?? Number.NaN) - Date.now();

test("time moves for a process that runs, in every way to ask for it, and stays moved", async () => {
  const running = await aLocalSystem(aWorker(REPORT_TIMES));
  await send(running, ["x"]);
  await until("the first report", () => reported<Times>(running.lines).length === 1);
  await running.system.moveClock(8 * DAY_MS);
  await send(running, ["y"]);
  await until("the second report", () => reported<Times>(running.lines).length === 2);

  const [before, after] = reported<Times>(running.lines);
  expect(after?.pid).toBe(before?.pid);
  expect(Math.abs(aheadMs(before?.now))).toBeLessThan(CLOSE_MS);
  for (const time of [after?.now, after?.date, after?.text]) {
    expect(Math.abs(aheadMs(time) - 8 * DAY_MS)).toBeLessThan(CLOSE_MS);
  }
});

test("a process that starts later has the moved time from its first line of code", async () => {
  const running = await aLocalSystem(aWorker(REPORT_TIMES));
  await running.system.moveClock(DAY_MS);
  await running.system.moveClock(DAY_MS);
  await send(running, ["x"]);
  const times = await until("the report", () => reported<Times>(running.lines)[0]);
  expect(Math.abs(aheadMs(times.atInit) - 2 * DAY_MS)).toBeLessThan(CLOSE_MS);
});

test("time moves for an invocation that is under way", async () => {
  const code = `export const handler = async () => {
    const before = Date.now();
    console.log("waiting");
    while (Date.now() - before < ${DAY_MS}) await new Promise((resolve) => setTimeout(resolve, 10));
    console.log("the day is over");
  };`;
  const running = await aLocalSystem(aWorker(code));
  await send(running, ["x"]);
  await until("the invocation", () => running.lines.includes("waiting"));
  await running.system.moveClock(DAY_MS);
  await until("the next day", () => running.lines.includes("the day is over"));
});

test("timers, performance.now() and the time that an invocation has left are not moved", async () => {
  const code = `export const handler = async (event, context) => {
    const before = { now: Date.now(), tick: performance.now(), left: context.getRemainingTimeInMillis() };
    console.log("waiting");
    while (Date.now() - before.now < ${DAY_MS}) await new Promise((resolve) => setTimeout(resolve, 10));
    const timer = performance.now();
    await new Promise((resolve) => setTimeout(resolve, 100));
    console.log("REPORT " + JSON.stringify({
      timerMs: performance.now() - timer,
      tickMs: performance.now() - before.tick,
      usedMs: before.left - context.getRemainingTimeInMillis(),
    }));
  };`;
  const running = await aLocalSystem(aWorker(code));
  await send(running, ["x"]);
  await until("the invocation", () => running.lines.includes("waiting"));
  await running.system.moveClock(DAY_MS);
  const report = await until("the report", () => reported<Record<string, number>>(running.lines)[0]);
  expect(report["timerMs"]).toBeGreaterThanOrEqual(99);
  for (const elapsedMs of Object.values(report)) expect(elapsedMs).toBeLessThan(CLOSE_MS);
});

test("dates are dates as before", async () => {
  const code = `export const handler = async () => {
    class Day extends Date { name() { return "day"; } }
    const given = new Date(2026, 10, 20, 12);
    console.log("REPORT " + JSON.stringify([
      given instanceof Date,
      new Date() instanceof Date,
      new Date(0).constructor === Date,
      Object.prototype.toString.call(new Date()),
      given.toISOString(),
      new Date("2026-11-20T12:00:00Z").getTime(),
      Date.UTC(2026, 10, 20, 12),
      new Day().name(),
      new Day() - Date.now() < 1000,
      structuredClone(new Date(5)).getTime(),
      Date.name,
      Date.length,
    ]));
  };`;
  const running = await aLocalSystem(aWorker(code));
  await running.system.moveClock(DAY_MS);
  await send(running, ["x"]);
  const at = Date.UTC(2026, 10, 20, 12);
  expect(await until("the report", () => reported<unknown[]>(running.lines)[0])).toEqual([
    true,
    true,
    true,
    "[object Date]",
    "2026-11-20T12:00:00.000Z",
    at,
    at,
    "day",
    true,
    5,
    "Date",
    7,
  ]);
});

test("the Connect emulator's time moves with it", async () => {
  const { system } = await aLocalSystem(aWorker(REPORT_TIMES));
  const now = async () => {
    const response = await fetch(`${system.endpoint}/_local/clock`);
    const body: unknown = await response.json();
    return Date.parse(Reflect.get(Object(body), "now"));
  };
  await system.moveClock(8 * DAY_MS);
  expect(Math.abs(aheadMs(await now()) - 8 * DAY_MS)).toBeLessThan(CLOSE_MS);
});

test("also where the emulator was given a clock", async () => {
  let nowMs = Date.parse("2026-11-20T12:00:00Z");
  const { system } = await aLocalSystem(aWorker(REPORT_TIMES), { connect: { now: () => nowMs } });
  await system.moveClock(1_000);
  nowMs += 500;
  const response = await fetch(`${system.endpoint}/_local/clock`);
  expect(await response.json()).toEqual({ now: "2026-11-20T12:00:01.500Z", offsetMs: 0 });
});

test("messages keep the machine's time: SQS is not moved", async () => {
  const code = `export const handler = async ({ Records: [{ attributes }] }) => {
    console.log("REPORT " + JSON.stringify(Number(attributes.SentTimestamp)));
  };`;
  const running = await aLocalSystem(aWorker(code));
  await running.system.moveClock(8 * DAY_MS);
  await send(running, ["x"]);
  const sentAtMs = await until("the report", () => reported<number>(running.lines)[0]);
  expect(Math.abs(aheadMs(sentAtMs))).toBeLessThan(CLOSE_MS);
});

test("a process that is killed holds nobody up", async () => {
  const code = `export const handler = async () => { console.log("busy"); for (;;); };`;
  const running = await aLocalSystem(aWorker(code, { queue: { VisibilityTimeout: 60 }, lambda: { Timeout: 60 } }));
  await send(running, ["x"]);
  await until("a busy process", () => running.lines.includes("busy"));
  const moved = running.system.moveClock(DAY_MS);
  for (const { pid } of running.system.functionProcesses()) process.kill(pid, "SIGKILL");
  await moved;
});
