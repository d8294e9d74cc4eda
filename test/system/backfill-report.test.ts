import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { parse } from "csv-parse/sync";
import { SYSTEM_CLOCK } from "#cli/backfill/deployment/system-clock.ts";
import { DynamoDbLedgerStore } from "#shared/aws/dynamodb-ledger-store.ts";
import { aLocalDeployment, type LocalDeployment } from "#test/support/a-local-deployment.ts";
import { aStartedBackfill, type StartedBackfill } from "#test/support/a-started-backfill.ts";
import { AN_INSTANCE } from "#test/support/a-worker.ts";
import type { CliOutcome } from "#test/support/cli-process.ts";
import { eventually } from "#test/support/eventually.ts";
import { QueueClient } from "#test/support/queue-client.ts";
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

const CREDENTIALS = { region: "us-east-1", credentials: { accessKeyId: "local", secretAccessKey: "local" } };

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
});

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
  expect(header).toEqual([
    "line",
    "key",
    "requestId",
    "state",
    "ContactId",
    "code",
    "contact",
    "attempts",
    "time",
    "note",
  ]);
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
});

test("of an outbound e-mail it tells what was sent, and of its draft what kept it from being sent", async () => {
  await whenEnded("mail");
  const sent = deployment.system.connect.contacts().find(({ operation }) => operation === "StartOutboundEmailContact");
  expect(await jsonReport("mail")).toMatchObject([
    { key: "e-1", state: "started", contactId: sent?.contactId, contact: "made" },
    { key: "e-2", state: "failed", code: "Expired", contact: "none", contactId: null },
  ]);
});

test("of a dead letter that was corrected it tells what became of the correction, and that it is not what the file has", async () => {
  await whenEnded("mail");
  const corrected = {
    ...EMAIL,
    requestId: "mail/e-2",
    expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    input: { ...EMAIL.input, CreateContact: { ...EMAIL.input.CreateContact, Name: "e-2, corrected" } },
  };
  await new QueueClient(deployment.system).send("OutboundEmail", [JSON.stringify(corrected)]);
  await eventually(async () =>
    expect(await jsonReport("mail")).toMatchObject([
      { key: "e-1", note: null },
      { key: "e-2", state: "started", contact: "made", code: null, note: "ContentDiffers" },
    ]),
  );
  const { stdout } = await tasks.run(["status", "mail"]);
  expect(stdout).toMatch(/^Note: of 1 of them the ledger has another content/m);
});

/** Rewrites what a job's start says that the deployment served. */
async function startedWith(job: string, connectInstanceArns: readonly string[]): Promise<void> {
  const s3 = new S3Client({ ...CREDENTIALS, endpoint: deployment.system.endpoint, forcePathStyle: true });
  const Bucket = deployment.system.outputs["PayloadBucketName"] ?? "";
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: `backfills/${job}/` }));
  const Key = Contents.find((object) => object.Key?.endsWith("/template.json"))?.Key ?? "";
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  const description = JSON.parse((await Body?.transformToString()) ?? "");
  expect(description.connectInstanceArns).toEqual([AN_INSTANCE.arn]);
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: JSON.stringify({ ...description, connectInstanceArns }) }));
  s3.destroy();
}

test("rows that name no instance are looked up in the first one of the start, whichever is the first by now", async () => {
  const moved = await aStartedBackfill(deployment.system, { job: "moved", lines: ["m-1,hello", "m-2,hello"] });
  await startedWith("moved", [AN_INSTANCE.arn.replace(AN_INSTANCE.id, "elsewhere"), AN_INSTANCE.arn]);
  const dynamodb = new DynamoDBClient({ ...CREDENTIALS, endpoint: deployment.system.endpoint });
  const table = { dynamodb, tableName: deployment.system.outputs["StateTableName"] ?? "" };
  await new DynamoDbLedgerStore(table, SYSTEM_CLOCK).write(
    { operation: "CreateContact", instanceId: "elsewhere", requestId: "moved/m-1" },
    { state: "started", version: 1, contentHash: "h", attempts: 1, contactId: "contact-elsewhere" },
  );
  dynamodb.destroy();
  await moved.files.remove();

  expect(await jsonReport("moved")).toMatchObject([
    { key: "m-1", state: "started", contactId: "contact-elsewhere" },
    { key: "m-2", state: "failed", contactId: null, code: "InstanceNotServed" },
  ]);
});

test("standard output holds the report alone: the counts are told beside it", async () => {
  const { stdout, stderr } = await tasks.run(["report", "spring", "--output", "-"]);
  expect(stdout.split("\n")).toHaveLength(1 + ROWS_AND_LINES.length + 1);
  expect(stderr).toMatch(/^ {2}rows +6$/m);
});

test("a report does not replace the file that the job was started with", async () => {
  const rows = join(tasks.files.directory, "rows.csv");
  const before = await readFile(rows, "utf8");
  const { status, stdout, stderr } = await tasks.run(["report", "spring", "--output", rows]);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toMatch(/rows\.csv is the file that spring was started with, which would be replaced/);
  expect(await readFile(rows, "utf8")).toBe(before);
});

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
])("%s ends with 2 and a sentence", async (_what, args, sentence) => {
  const { status, stdout, stderr } = await tasks.run(args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toMatch(sentence);
  expect(stderr).not.toMatch(/^ {4}at /m);
});
