import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { aLocalDeployment, type LocalDeployment } from "#test/support/a-local-deployment.ts";
import { aStartedBackfill, type StartedBackfill } from "#test/support/a-started-backfill.ts";
import type { CliOutcome } from "#test/support/cli-process.ts";
import { eventually } from "#test/support/eventually.ts";
import { jsonLines } from "#test/support/json-lines.ts";
import { QueueClient } from "#test/support/queue-client.ts";
import { type ReportedRow, reportedRows } from "#test/support/reported-rows.ts";
import { quotaOfEach, SMALL_TIMES } from "#test/support/small-times.ts";

const SEED = Number(process.env["SEED"] ?? 20261120);
const ROWS = 400;
const REFUSED_LINE = 4;
/** Slow enough for a command to be started twice before all rows are sent, also on a busy machine. */
const QUOTA = { ratePerSecond: 8, burst: 5 };
const QUEUE = "contact-requests-CreateContact-backfill";

const lines = Array.from({ length: ROWS }, (_, row) =>
  row === REFUSED_LINE - 2 ? `k-${row},${"x".repeat(5_000)}` : `k-${row},hello`,
);

let deployment: LocalDeployment;
let backfill: StartedBackfill;
let cancelled: CliOutcome;
let contactsAtConfirmation: number;
let callsAtConfirmation: number;

const calls = () => deployment.system.connect.stats().operations["CreateContact"]?.calls ?? 0;

beforeAll(async () => {
  deployment = await aLocalDeployment({
    settings: { ...SMALL_TIMES, quotas: quotaOfEach(QUOTA) },
    seed: SEED,
    connect: {
      settings: { quota: { all: { ratePerSecond: 400, burst: 100 } } },
      faults: {
        CreateContact: {
          delayBefore: { probability: 0.2, minMs: 50, maxMs: 400 },
          lostAnswer: { probability: 0.1 },
          connectionReset: { probability: 0.05 },
        },
      },
    },
  });
  backfill = await aStartedBackfill(deployment.system, { job: "spring", lines });
  await eventually(() => expect(backfill.keysWithContact().length).toBeGreaterThan(10));
  cancelled = await backfill.run(["cancel", "spring"]);
  contactsAtConfirmation = backfill.keysWithContact().length;
  callsAtConfirmation = calls();
});

afterAll(async () => {
  await deployment.stop();
  await backfill.files.remove();
});

const untilAllAnswered = async () =>
  await eventually(() => {
    const depth = deployment.system.queueDepths()[QUEUE];
    const isIdle = deployment.system.functionProcesses().every(({ busy }) => !busy);
    // What waits hidden in the queue, with nobody at work on it, comes back now.
    if (depth?.visible === 0 && isIdle) deployment.system.showMessagesInFlight();
    expect(depth).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

const reported = async () => reportedRows((await backfill.run(["report", "spring", "--json", "--output", "-"])).stdout);

test(`no contact is made, and no call, after the cancel was confirmed (seed ${SEED})`, async () => {
  expect(cancelled.status).toBe(0);
  expect(cancelled.stdout).toMatch(/^spring is cancelled: no call for a request spring\/… is made any more\.\n/);
  expect(cancelled.stdout).toMatch(/^ {2}cancelled +[1-9]/m);
  expect(contactsAtConfirmation).toBeLessThan(ROWS);

  await untilAllAnswered();
  expect([backfill.keysWithContact().length, calls()]).toEqual([contactsAtConfirmation, callsAtConfirmation]);
});

test("the report has a line for each row of the file, and says of each what is the case", async () => {
  await untilAllAnswered();
  const rows = await reported();
  const contacts = new Map(
    deployment.system.connect.contacts().map(({ input, contactId }) => [String(input["Name"]), contactId] as const),
  );
  expect(rows.map(({ line, key }) => [line, key])).toEqual(lines.map((_, row) => [row + 2, `k-${row}`]));

  const of = (state: ReportedRow["state"]) => rows.filter((row) => row.state === state);
  expect(of("started").filter(({ key, contactId }) => contacts.get(key ?? "") !== contactId)).toEqual([]);
  expect(of("refused")).toMatchObject([{ line: REFUSED_LINE, code: "too-long", contact: "none" }]);
  expect(of("cancelled").filter(({ key, code }) => contacts.has(key ?? "") || code !== "Cancelled")).toEqual([]);
  expect(of("waiting")).toEqual([]);
  // Those whose call was not answered when the job was cancelled.
  expect(of("failed").filter(({ code, contact }) => code !== "OutcomeUnknown" || contact !== "unknown")).toEqual([]);
  const letters = await new QueueClient(deployment.system).takeDeadLetters("CreateContact");
  // At least once each.
  expect(new Set(letters.map(({ reason }) => reason.requestId))).toEqual(
    new Set(of("failed").map(({ requestId }) => requestId)),
  );
  expect(new Set(backfill.keysWithContact())).toEqual(
    new Set([...of("started"), ...of("failed")].map(({ key }) => key ?? "").filter((key) => contacts.has(key))),
  );
});

test("the counts that it shows are those of the report", async () => {
  await untilAllAnswered();
  const rows = await reported();
  const counts = Object.fromEntries(
    ["started", "failed", "waiting", "refused", "cancelled"].map((state) => [
      state,
      rows.filter((row) => row.state === state).length,
    ]),
  );
  const [status] = jsonLines((await backfill.run(["status", "spring", "--json"])).stdout);
  expect(status).toMatchObject({ job: "spring", state: "cancelled", rows: ROWS, fed: ROWS, ...counts, timeLeftMs: 0 });
  expect(cancelled.stdout).toContain(`  rows ${String(ROWS).padStart(17)}\n`);
});

test("a job can be cancelled twice, and not one that there is not", async () => {
  const again = await backfill.run(["cancel", "spring"]);
  expect(again.status).toBe(0);
  const unknown = await backfill.run(["cancel", "autumn"]);
  expect(unknown).toMatchObject({
    status: 2,
    stdout: "",
    stderr: expect.stringMatching(/^There is no job autumn .*\n$/),
  });
});

test("rows that wait in the queue when the cancel is confirmed are answered without a call", async () => {
  await untilAllAnswered();
  await backfill.run(["pause", "CreateContact"]);
  const waiting = Array.from({ length: 50 }, (_, row) => `w-${row},hello`);
  const summer = await aStartedBackfill(deployment.system, { job: "summer", lines: waiting });
  const { stdout } = await summer.run(["cancel", "summer"]);
  expect(stdout).toContain("  cancelled           50");
  expect(deployment.system.queueDepths()[QUEUE]?.visible).toBe(waiting.length);

  const before = calls();
  await summer.run(["resume", "CreateContact"]);
  await untilAllAnswered();
  expect([summer.keysWithContact(), calls()]).toEqual([[], before]);
  const letters = await new QueueClient(deployment.system).takeDeadLetters("CreateContact");
  expect(letters.filter(({ reason }) => reason.requestId?.startsWith("summer/"))).toEqual([]);
  const told = JSON.stringify(deployment.system.eventBridge.events()).matchAll(/summer\/w-\d+/g);
  expect(new Set([...told].map(([requestId]) => requestId)).size).toBe(waiting.length);
  await summer.files.remove();
});
