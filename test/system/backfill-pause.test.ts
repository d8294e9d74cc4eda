import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { marshall } from "@aws-sdk/util-dynamodb";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import * as z from "zod";
import { aTaskRequest } from "#test/support/a-contact-request.ts";
import { aLocalDeployment, type LocalDeployment } from "#test/support/a-local-deployment.ts";
import { aStartedBackfill, type StartedBackfill } from "#test/support/a-started-backfill.ts";
import { eventually } from "#test/support/eventually.ts";
import { jsonLines } from "#test/support/json-lines.ts";
import { QueueClient } from "#test/support/queue-client.ts";
import { quotaOfEach, SMALL_TIMES } from "#test/support/small-times.ts";

const ROWS = 300;
const LIVE = 20;
const QUEUE = "contact-requests-CreateContact-backfill";
const DAY_MS = 86_400_000;

const lines = Array.from({ length: ROWS }, (_, row) => `k-${row},hello`);

let deployment: LocalDeployment;
let backfill: StartedBackfill;

beforeAll(async () => {
  const quota = { ratePerSecond: 25, burst: 5 };
  deployment = await aLocalDeployment({
    settings: { ...SMALL_TIMES, quotas: quotaOfEach(quota) },
    connect: { settings: { quota: { all: { ratePerSecond: 400, burst: 100 } } } },
  });
  backfill = await aStartedBackfill(deployment.system, { job: "spring", lines });
});

afterAll(async () => {
  await deployment.stop();
  await backfill.files.remove();
});

const toldSchema = z.looseObject({ jobs: z.array(z.looseObject({ job: z.string() })), quotaMs: z.number() });

const liveNames = Array.from({ length: LIVE }, (_, index) => `live-${index}`);

test("while the backfill lane is paused its rows wait, live requests go on, and it ends when it is resumed", async () => {
  await eventually(() => expect(backfill.keysWithContact().length).toBeGreaterThan(20));
  const paused = await backfill.run(["pause", "CreateContact", "--json"]);
  expect(paused.status).toBe(0);
  const [told] = jsonLines(paused.stdout);
  expect(told).toMatchObject({ operation: "CreateContact", lane: "backfill", state: "Disabled", hasChanged: true });
  const { jobs, quotaMs } = toldSchema.parse(told);
  expect(jobs.map(({ job }) => job)).toEqual(["spring"]);
  // 13 days less the margin of 12 hours; and less what the rows take.
  const [status] = jsonLines((await backfill.run(["status", "spring", "--json"])).stdout);
  const staleAtMs = Date.parse(String(Object(status).startedAt)) + 12.5 * DAY_MS;
  expect(jobs[0]).toMatchObject({
    staleAt: new Date(staleAtMs).toISOString(),
    resumeBefore: new Date(staleAtMs - quotaMs).toISOString(),
  });

  // What was received before may still be at work.
  await eventually(() => expect(deployment.system.functionProcesses().filter(({ busy }) => busy)).toEqual([]));
  const before = backfill.keysWithContact().length;
  expect(before).toBeLessThan(ROWS);
  const upstream = new QueueClient(deployment.system);
  const requests = liveNames.map((Name) => aTaskRequest({ requestId: `live/${Name}`, input: { Name } }));
  await upstream.send(
    "CreateContact",
    requests.map((request) => JSON.stringify(request)),
  );
  const names = () => deployment.system.connect.contacts().map(({ input }) => input["Name"]);
  await eventually(() => expect(names()).toEqual(expect.arrayContaining(liveNames)));
  deployment.system.showMessagesInFlight();
  expect(backfill.keysWithContact().length).toBe(before);
  const { visible = 0 } = deployment.system.queueDepths()[QUEUE] ?? {};
  expect(visible).toBeGreaterThanOrEqual(ROWS - before - 1);

  const again = await backfill.run(["pause", "CreateContact"]);
  expect(again.stdout).toMatch(
    /^The backfill lane of CreateContact was paused already\.\n(.*\n)*Jobs that may .*\n {2}spring {2}\d{4}-/,
  );

  const resumed = await backfill.run(["resume", "CreateContact"]);
  expect(resumed).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^The backfill lane of CreateContact goes on\.\n/),
  });
  await eventually(() => expect(new Set(backfill.keysWithContact()).size).toBe(ROWS));
  expect(backfill.keysWithContact()).toHaveLength(ROWS);
});

test("the live lane is switched by itself, and names no job", async () => {
  const paused = await backfill.run(["pause", "StartEmailContact", "--lane", "live", "--json"]);
  expect(jsonLines(paused.stdout)).toMatchObject([{ lane: "live", state: "Disabled", waiting: 0, jobs: [] }]);
  const backfillLane = await backfill.run(["resume", "StartEmailContact"]);
  expect(backfillLane.stdout).toMatch(
    /^The backfill lane of StartEmailContact was not paused\.\nIts queue is empty\.\n$/,
  );
  const resumed = await backfill.run(["resume", "StartEmailContact", "--lane", "live", "--json"]);
  expect(jsonLines(resumed.stdout)).toMatchObject([{ lane: "live", state: "Enabled", hasChanged: true }]);
});

/** A job of a version that this one cannot read. */
async function anOddJob(name: string): Promise<void> {
  const { endpoint, outputs } = deployment.system;
  const access = {
    endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  };
  const dynamodb = new DynamoDBClient(access);
  const Item = marshall({ key: `job#${name}`, operation: "CreateContact", state: "resting" });
  await dynamodb.send(new PutItemCommand({ TableName: outputs["StateTableName"], Item }));
  const s3 = new S3Client({ ...access, forcePathStyle: true });
  const Bucket = outputs["PayloadBucketName"];
  await s3.send(new PutObjectCommand({ Bucket, Key: `backfills/${name}/0/template.json`, Body: "{}" }));
  dynamodb.destroy();
  s3.destroy();
}

test("people are told that a lane is paused, and of the jobs that can be read, also where one cannot", async () => {
  await anOddJob("odd");
  const paused = await backfill.run(["pause", "CreateContact"]);
  expect(paused).toMatchObject({ status: 0, stderr: "" });
  expect(paused.stdout).toMatch(
    /^The backfill lane of CreateContact is paused: (.*\n)*Jobs that may .*\n {2}spring {2}\d{4}-(.*\n)*Note: jobs may be missing here\. The state table holds an item of the job odd /,
  );

  const resumed = await backfill.run(["resume", "CreateContact", "--json"]);
  expect(jsonLines(resumed.stdout)).toMatchObject([
    { state: "Enabled", hasChanged: true, unreadable: [expect.stringMatching(/the job odd /)] },
  ]);
  expect(resumed.stderr).toBe("The backfill lane of CreateContact goes on.\n");

  const status = await backfill.run(["status", "odd"]);
  expect(status).toMatchObject({
    status: 2,
    stdout: "",
    stderr: expect.stringMatching(/^The state table holds an item of the job odd .*\n$/),
  });
});
