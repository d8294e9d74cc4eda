import { readdir, readFile } from "node:fs/promises";
import { DynamoDBClient, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { marshall } from "@aws-sdk/util-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { A_TASK_TEMPLATE, aCsvOfTasks } from "#test/support/backfill/a-backfill.ts";
import { type CliOptions, runCli } from "#test/support/cli-process.ts";
import { eventually } from "#test/support/eventually.ts";
import { jsonLines } from "#test/support/json-lines.ts";
import { clientVariables, type LocalProcess, startLocalProcess } from "#test/support/local-process.ts";
import { type WrittenFiles, writtenFiles } from "#test/support/written-files.ts";

let files: WrittenFiles;
let template: string;
beforeAll(async () => {
  files = await writtenFiles();
  template = await files.write("template.json", A_TASK_TEMPLATE);
});
afterAll(async () => files.remove());

const plan = async (file: string, args: readonly string[] = [], options: CliOptions = {}) =>
  runCli(
    "contact-requests.ts",
    ["backfill", "plan", file, "--template", template, "--job", "spring", "--key", "id", ...args],
    options,
  );

const row = (index: number, note = "") => `k${index},row ${index},${note}`;
const csv = (...rows: readonly string[]): string => ["id,name,note", ...rows, ""].join("\n");

describe("backfill plan, without any access", () => {
  test("says so, and what would become of the file", async () => {
    const file = await files.write("good.csv", aCsvOfTasks({ good: 1_000 }));
    const { status, stdout, stderr } = await plan(file);

    expect(status).toBe(0);
    expect(stderr).toMatch(/^No valid AWS Region is set\..*\nSo this plan reckons with the quotas that AWS gives/);
    expect(stdout).toMatch(/^spring: CreateContact\n {2}rows {12}1,000\n {2}good {12}1,000\n {2}refused {9}0\n/);
    expect(stdout).toMatch(/at the quota {4}8 minutes 18 seconds \(CreateContact: 2 a second\)\n/);
    expect(stdout).toMatch(
      /^This can be started: backfill start, with the same options\. Whether the job was begun before is looked up with --ledger\.\n$/m,
    );
  });

  test("takes the numbers of a settings file, silently", async () => {
    const settings = await files.write("settings.json", '{"quotas":{"CreateContact":{"ratePerSecond":20}}}');
    const file = await files.write("fast.csv", aCsvOfTasks({ good: 1_000 }));
    const { status, stdout, stderr } = await plan(file, ["--settings", settings]);

    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/50 seconds \(CreateContact: 20 a second\)\n/);
  });

  test("names what is wrong with settings, and ends with 2", async () => {
    const settings = await files.write("wrong.json", '{"batchSizes":3}');
    const file = await files.write("few.csv", csv(row(1)));

    expect(await plan(file, ["--settings", settings])).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^The settings in .*wrong\.json are wrong\.\n.*batchSize/),
    });
  });

  test("ends with 1 for refused rows and for rows of one key that differ, and writes the refused ones", async () => {
    const rows = [row(1), row(2), "bad key,row,", ",row,", "k9,too,many,cells", row(1), row(2, "other")];
    const file = await files.write("mixed.csv", csv(...rows));
    const refused = `${files.directory}/refused.jsonl`;
    const { status, stdout } = await plan(file, ["--refused", refused, "--json"]);

    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      rows: 7,
      good: 4,
      refused: 3,
      contacts: 2,
      duplicates: {
        rows: 2,
        differing: 1,
        keys: [
          { key: "k2", firstLine: 3, lines: [8], differing: 1, differingLines: [8] },
          { key: "k1", firstLine: 2, lines: [7], differing: 0 },
        ],
      },
      verdict: { kind: "possible" },
      hindrances: [expect.stringMatching(/^3 rows would be refused/), expect.stringMatching(/^1 row with the key/)],
    });
    expect(jsonLines(await readFile(refused, "utf8"))).toEqual([
      { line: 4, key: "bad key", reasons: [expect.objectContaining({ path: "requestId", code: "pattern" })] },
      { line: 5, key: "", reasons: [expect.objectContaining({ code: "no-key" })] },
      { line: 6, key: null, reasons: [expect.objectContaining({ code: "cell-count" })] },
    ]);
    expect((await readdir(files.directory)).filter((name) => name.endsWith(".partial"))).toEqual([]);
  });

  test("says what has to be mended, and that it is not impossible", async () => {
    const file = await files.write("mended.csv", csv(row(1), "bad key,row,", row(1, "other")));
    const { status, stdout } = await plan(file);

    expect(status).toBe(1);
    expect(stdout).toMatch(/^ {6}"k1" on line 2, again on line 4; asking for something else on line 4$/m);
    expect(stdout).toMatch(
      /^Would not be started: 1 row would be refused\..*\nWould not be started: 1 row with the key/m,
    );
    expect(stdout).not.toMatch(/Impossible/);
  });

  test("refuses rows of an instance that the settings do not name, --skip-refused or not", async () => {
    const served = "arn:aws:connect:us-east-1:111122223333:instance/served";
    const settings = await files.write("served.json", JSON.stringify({ connectInstanceArns: [served] }));
    const request = (index: number, InstanceId: string) =>
      JSON.stringify({
        ...JSON.parse(A_TASK_TEMPLATE),
        requestId: `spring/${index}`,
        input: { Channel: "TASK", InitiationMethod: "API", Name: "a", InstanceId },
      });
    const file = await files.write("instances.jsonl", [request(1, "served"), request(2, "other"), ""].join("\n"));
    const args = ["backfill", "plan", file, "--job", "spring", "--settings", settings, "--skip-refused"];
    const { status, stdout } = await runCli("contact-requests.ts", args, {});

    expect(status).toBe(1);
    expect(stdout).toMatch(/1: input\.InstanceId must be an instance that the deployment serves: .* \(line 2\)\n/);
    expect(stdout).toMatch(/^Would not be started: 1 row would become dead letters/m);
  });

  test("ends with 0 where refused rows are to be skipped", async () => {
    const file = await files.write("skipped.csv", aCsvOfTasks({ good: 5, refused: 2 }));

    expect(await plan(file, ["--skip-refused"])).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/can be started/),
    });
  });

  test("ends with 1 and the reason where the quota cannot send so much in time", async () => {
    const file = await files.write("slow.csv", aCsvOfTasks({ good: 2_000 }));
    const { status, stdout } = await plan(file, ["--between", "09:00-09:01", "--time-zone", "Europe/Berlin"]);

    expect(status).toBe(1);
    expect(stdout).toMatch(/^Impossible: The last row could be sent .*dead-lettered as too old/m);
  });

  test("reads standard input, a pipe, and JSON lines", async () => {
    const input = csv(row(1), row(1), row(2));
    const jsonl = '{"id":"k1","name":"row 1","note":""}\n{"id":"k2","name":"row 2","note":""}\n';

    expect(await plan("-", ["--json"], { input })).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('"contacts":2'),
    });
    expect(await plan(await files.write("rows.jsonl", jsonl), ["--json"])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('"contacts":2'),
    });
  });

  test.each<readonly [string, string | Uint8Array, RegExp]>([
    ["an empty file", "", /: The file is empty\./],
    ["a header only", "id,name,note\n", /: The file has no rows\./],
    ["no header", `${row(1, "a")}\n${row(2, "b")}\n`, /The key column "id" is not in the file\. Its columns are "k1"/],
    ["an unclosed quote", 'id,name,note\nk1,"open,\nk2,row,\n', /Line 2: A row begins in which a quote is opened/],
    [
      "a line of 50 MB",
      `id,name,note\nk1,${"x".repeat(50_000_000)},\n`,
      /Line 2: A row begins that is longer than 6 MiB/,
    ],
    ["NUL bytes", "id,name,note\nk1,ro\0w,\n", /Line 2: There is a NUL byte/],
    ["UTF-16 with a mark", Buffer.from(`\uFEFF${csv(row(1))}`, "utf16le"), /in UTF-16 or UTF-32/],
    ["UTF-16 without a mark", Buffer.from(csv(row(1)), "utf16le"), /in UTF-16 or UTF-32/],
    ["line ends of CR alone", csv(row(1)).replaceAll("\n", "\r"), /a line end that is CR alone/],
    ["a column without a name", "id,,note\nk1,row,\n", /a column without a name/],
  ])("ends with 2 and a sentence for %s", async (_name, content, sentence) => {
    const settings = await files.write("none.json", "{}");
    const { status, stdout, stderr } = await plan(await files.write("hostile.csv", content), ["--settings", settings]);

    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(sentence);
    expect(stderr.trimEnd().split("\n").length).toBeLessThanOrEqual(2);
  });

  test("ends with 2 for a directory", async () => {
    const outcome = await plan(files.directory);

    expect(outcome).toMatchObject({ status: 2, stdout: "", stderr: expect.stringMatching(/is a directory/) });
  });
});

describe("backfill plan, beside a deployment", () => {
  let local: LocalProcess;
  let env: CliOptions;
  beforeAll(async () => {
    const settings = await files.write("of-local.json", '{"quotas":{"CreateContact":{"ratePerSecond":50,"burst":50}}}');
    local = await startLocalProcess(["--settings", settings]);
    env = { env: clientVariables(local.endpoint) };
  });
  afterAll(async () => {
    local.child.kill("SIGTERM");
    await local.ended;
  });

  test("takes the numbers that it publishes", async () => {
    const file = await files.write("published.csv", aCsvOfTasks({ good: 100 }));

    expect(await plan(file, [], env)).toMatchObject({
      status: 0,
      stderr: "",
      stdout: expect.stringMatching(/\(CreateContact: 50 a second\)/),
    });
  });

  test("--ledger counts the rows that were started before", async () => {
    const file = await files.write("ledger.csv", aCsvOfTasks({ good: 30 }));
    const few = await files.write("few.csv", aCsvOfTasks({ good: 12 }));
    const start = ["backfill", "start", few, "--template", template, "--job", "spring", "--key", "id", "--direct"];
    expect(await runCli("contact-requests.ts", start, env)).toMatchObject({ status: 0 });

    await eventually(async () => {
      const { stdout } = await plan(file, ["--ledger", "--json"], env);
      expect(JSON.parse(stdout)).toMatchObject({ good: 30, alreadyStarted: 12 });
    });

    const another = await plan(file, ["--ledger"], env);
    expect(another).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/^Would not be started: The job spring was started at .* with another file:/m),
    });
    const same = await plan(few, ["--ledger"], env);
    expect(same).toMatchObject({ status: 0, stdout: expect.stringMatching(/with the same options\.\n$/) });

    await startedElsewhere("spring");
    const { stdout } = await plan(file, ["--ledger", "--json"], env);
    expect(JSON.parse(stdout)).toMatchObject({ good: 30, alreadyStarted: 0 });
  });

  /** Makes the job one that began when another instance was the first. */
  async function startedElsewhere(job: string): Promise<void> {
    const credentials = { accessKeyId: "local", secretAccessKey: "local" };
    const dynamodb = new DynamoDBClient({ endpoint: local.endpoint, region: "us-east-1", credentials });
    const elsewhere = `arn:aws:connect:us-east-1:${"0".repeat(12)}:instance/11111111-1111-4111-8111-111111111111`;
    await dynamodb.send(
      new UpdateItemCommand({
        TableName: "contact-requests-state",
        Key: marshall({ key: `job#${job}` }),
        UpdateExpression: "SET connectInstanceArns = :arns",
        ConditionExpression: "attribute_exists(connectInstanceArns)",
        ExpressionAttributeValues: marshall({ ":arns": [elsewhere] }),
      }),
    );
    dynamodb.destroy();
  }

  test("reads a file from S3", async () => {
    const credentials = { accessKeyId: "local", secretAccessKey: "local" };
    const s3 = new S3Client({ endpoint: local.endpoint, region: "us-east-1", credentials, forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: "customers" }));
    await s3.send(new PutObjectCommand({ Bucket: "customers", Key: "2026/all.csv", Body: csv(row(1), row(2)) }));
    s3.destroy();

    expect(await plan("s3://customers/2026/all.csv", ["--json"], env)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('"good":2'),
    });
    expect(await plan("s3://customers/none.csv", [], env)).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^s3:\/\/customers\/none\.csv does not exist/),
    });
  });
});
