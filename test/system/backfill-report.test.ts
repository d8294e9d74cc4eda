import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { parse } from "csv-parse/sync";
import { aLocalDeployment, type LocalDeployment } from "#test/support/a-local-deployment.ts";
import { aStartedBackfill, type StartedBackfill } from "#test/support/a-started-backfill.ts";
import type { CliOutcome } from "#test/support/cli-process.ts";
import { eventually } from "#test/support/eventually.ts";
import { reportedRows } from "#test/support/reported-rows.ts";
import { quotaOfEach, SMALL_TIMES } from "#test/support/small-times.ts";

/** What Connect refuses here, as a queue that it does not have. */
const EMAIL = {
  operation: "OutboundEmail",
  expiresAt: "{{note}}",
  input: {
    CreateContact: {
      Channel: "EMAIL",
      InitiationMethod: "OUTBOUND",
      Name: "{{id}}",
      UserInfo: { UserId: "00000000-0000-4000-8000-000000000001" },
    },
    StartOutboundEmailContact: {
      DestinationEmailAddress: { EmailAddress: "ada@example.com" },
      EmailMessage: {
        MessageSourceType: "RAW",
        RawMessage: { Subject: "Hello", Body: "Hello {{id}}", ContentType: "text/plain" },
      },
    },
  },
};

const TASKS = [
  "k-1,hello",
  "+49 1,spaces are not for keys",
  '"-k,2",hello',
  "",
  '"=k3","two',
  'lines"',
  `k-4,${"x".repeat(5_000)}`,
  "k-1,hello",
];
const ROWS_AND_LINES = [2, 3, 4, 6, 8, 9];

let deployment: LocalDeployment;
let tasks: StartedBackfill;
let emails: StartedBackfill;

beforeAll(async () => {
  const quota = { ratePerSecond: 50, burst: 20 };
  deployment = await aLocalDeployment({
    settings: { ...SMALL_TIMES, quotas: quotaOfEach(quota) },
    connect: { settings: { quota: { all: { ratePerSecond: 400, burst: 100 } } } },
  });
  tasks = await aStartedBackfill(deployment.system, { job: "spring", lines: TASKS });
  const later = new Date(Date.now() + 3_600_000).toISOString();
  emails = await aStartedBackfill(deployment.system, {
    job: "mail",
    lines: [`e-1,${later}`, "e-2,2026-01-01T00:00:00Z"],
    template: EMAIL,
  });
}, 60_000);

afterAll(async () => {
  await deployment.stop();
  await tasks.files.remove();
  await emails.files.remove();
});

const jsonReport = async (job: string) =>
  reportedRows((await tasks.run(["report", job, "--json", "--output", "-"])).stdout);

async function whenEnded(job: string): Promise<void> {
  await eventually(async () => expect((await jsonReport(job)).filter(({ state }) => state === "waiting")).toEqual([]));
}

test("a report has a line for each row of the file, by its line and key, and counts that add up to them", async () => {
  await whenEnded("spring");
  const output = join(tasks.files.directory, "results.csv");
  const { status, stdout }: CliOutcome = await tasks.run(["report", "spring", "--output", output]);
  const [header, ...lines]: string[][] = parse(await readFile(output, "utf8"));
  const contactOf = (name: string) =>
    deployment.system.connect.contacts().find(({ input }) => input["Name"] === name)?.contactId;

  expect(status).toBe(0);
  expect(header).toEqual(["line", "key", "requestId", "state", "ContactId", "code", "contact", "attempts", "time"]);
  expect(lines.map((cells) => cells.slice(0, 8))).toEqual([
    ["2", "k-1", "spring/k-1", "started", contactOf("k-1"), "", "made", "1"],
    ["3", "'+49 1", "", "refused", "", expect.any(String), "none", "0"],
    ["4", "'-k,2", "spring/-k,2", "started", contactOf("-k,2"), "", "made", "1"],
    ["6", "'=k3", "spring/=k3", "started", contactOf("=k3"), "", "made", "1"],
    ["8", "k-4", "", "refused", "", "too-long", "none", "0"],
    ["9", "k-1", "spring/k-1", "started", contactOf("k-1"), "", "made", "1"],
  ]);
  expect(lines.map(([line]) => Number(line))).toEqual(ROWS_AND_LINES);
  expect(stdout).toMatch(/^ {2}rows +6\n {2}started +4 .*\n {2}refused +2 .*\n$/);
}, 60_000);

test("of an outbound e-mail it tells what was sent, and of its draft what kept it from being sent", async () => {
  await whenEnded("mail");
  const sent = deployment.system.connect.contacts().find(({ operation }) => operation === "StartOutboundEmailContact");
  expect(await jsonReport("mail")).toMatchObject([
    { key: "e-1", state: "started", contactId: sent?.contactId, contact: "made" },
    { key: "e-2", state: "failed", code: "Expired", contact: "none", contactId: null },
  ]);
}, 60_000);

test("standard output holds the report alone: the counts are told beside it", async () => {
  const { stdout, stderr } = await tasks.run(["report", "spring", "--output", "-"]);
  expect(stdout.split("\n")).toHaveLength(1 + ROWS_AND_LINES.length + 1);
  expect(stderr).toMatch(/^ {2}rows +6$/m);
}, 30_000);

test.each([
  [
    "a job that nobody has started",
    ["report", "autumn", "--output", "-"],
    /^There is no job autumn in the deployment contact-requests\./,
  ],
  [
    "a place where nothing can be written",
    ["report", "spring", "--output", "/proc/no/results.csv"],
    /^\/proc\/no\/results\.csv cannot be written/,
  ],
  ["no output", ["report", "spring"], /--output/],
  ["another deployment", ["status", "spring", "--prefix", "elsewhere"], /^There is no deployment elsewhere/],
  ["a name that no job has", ["status", "a/b"], /The name of a job must be/],
])(
  "%s ends with 2 and a sentence",
  async (_what, args, sentence) => {
    const { status, stdout, stderr } = await tasks.run(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(sentence);
    expect(stderr).not.toMatch(/^ {4}at /m);
  },
  30_000,
);
