import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { marshall } from "@aws-sdk/util-dynamodb";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { bundle } from "#infra/bundle.ts";
import { FEED_FUNCTION } from "#infra/bundled-functions.ts";
import { functionCredentials } from "#local/lambda/function-credentials.ts";
import { jobFiles } from "#shared/contract/job-files.ts";
import { fedRangesKey, jobKey } from "#shared/contract/job-key.ts";
import { ENV } from "#shared/env.ts";
import { FEED_ENV } from "#shared/env-of-feed.ts";
import { type PublishedSettings, publishedSettingsSchema } from "#shared/settings-parameter.ts";
import { run } from "#test/infra/support/run.ts";
import { asFunction } from "#test/local/iam/support/as-function.ts";
import { anEmailContactRequest } from "#test/support/a-contact-request.ts";
import { aLocalDeployment, type LocalDeployment } from "#test/support/a-local-deployment.ts";
import { aJob, HEADER, type PreparedJob, START } from "./support/a-job.ts";

const INVOKE = fileURLToPath(new URL("support/invoke.ts", import.meta.url));
const FUNCTION_ARN = "arn:aws:lambda:us-east-1:000000000000:function:contact-requests-feed-backfill";
const QUEUE = "contact-requests-CreateContact-backfill";

let directory: string;
let file: string;
let deployment: LocalDeployment;
let published: PublishedSettings;
const denied: string[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "feed-"));
  const bundles = await bundle([FEED_FUNCTION], directory);
  file = pathToFileURL(join(String(bundles[FEED_FUNCTION]), "index.mjs")).href;
  deployment = await aLocalDeployment({
    settings: { backfillEnabled: false },
    onAsked: ({ access }, { allowed }) => {
      if (!allowed) denied.push(`${access.action} on ${access.resource}`);
    },
  });
  const ssm = new SSMClient(asFunction(deployment.system, "nobody").settings);
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: "/contact-requests/settings" }));
  published = publishedSettingsSchema.parse(JSON.parse(Parameter?.Value ?? ""));
});

beforeEach(() => {
  denied.length = 0;
});

afterAll(async () => {
  await deployment.stop();
  await rm(directory, { recursive: true });
});

const administrator = () => asFunction(deployment.system, "nobody");

/** The environment that the template gives the function, with the function's own credentials: its rights are held to. */
function environment(): Record<string, string> {
  const { accessKeyId, secretAccessKey, sessionToken } = functionCredentials(FUNCTION_ARN);
  const urls = Object.entries(published.queueUrls).map(([operation, { backfill }]) => [operation, backfill]);
  return {
    [ENV.payloadBucketName]: published.payloadBucketName,
    [ENV.stateTableName]: published.stateTableName,
    [FEED_ENV.backfillQueueUrls]: JSON.stringify(Object.fromEntries(urls)),
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
    AWS_ENDPOINT_URL: deployment.system.endpoint,
  };
}

async function put(Key: string, Body: string): Promise<void> {
  await administrator().s3.send(new PutObjectCommand({ Bucket: published.payloadBucketName, Key, Body }));
}

async function started({ start, input, description, items, item }: PreparedJob): Promise<void> {
  const keys = jobFiles(start);
  await put(keys.input, input);
  await put(keys.template, JSON.stringify(description));
  await put(keys.ranges, JSON.stringify(items));
  const Item = marshall({ ...item, key: jobKey(start.job) });
  await administrator().dynamodb.send(new PutItemCommand({ TableName: published.stateTableName, Item }));
}

const invoke = async (event: unknown, variables = environment()) =>
  await run([INVOKE, file], { environment: variables, input: JSON.stringify(event) });

describe("the bundle, in a process of its own, with the rights of its role", () => {
  test("feeds every range of a file, also where a row is longer than a range, and says so", async () => {
    const large = `"${"🙂".repeat(300)}"`;
    const rows = Array.from({ length: 40 }, (_each, index) => `${index},${index === 7 ? large : "Ada"}\n`).join("");
    const job = await aJob(`${rows}bad key,Grace\n`, { targetBytes: 600 });
    await started(job);
    expect(job.items.length).toBeGreaterThan(1);
    const answers: Record<string, number>[] = [];
    for (const item of job.items) {
      const { exitCode, output } = await invoke(item);
      expect([exitCode, denied]).toEqual([0, []]);
      answers.push(JSON.parse(output.trimEnd().split("\n").at(-1) ?? ""));
    }
    const total = (name: string) => answers.reduce((sum, answer) => sum + (answer[name] ?? 0), 0);
    expect([total("rows"), total("sent"), total("refused"), total("failed")]).toEqual([41, 40, 1, 0]);
    expect(deployment.system.queueDepths()[QUEUE]?.visible).toBe(40);

    const last = job.items.at(-1)?.start ?? 0;
    const object = { Bucket: published.payloadBucketName, Key: jobFiles(START).refused(last) };
    const { Body } = await administrator().s3.send(new GetObjectCommand(object));
    expect(JSON.parse((await Body?.transformToString()) ?? "")).toMatchObject({ line: 42, key: "bad key" });

    const items = await deployment.system.tableItems(published.stateTableName);
    const fed = items.find(({ key }) => key === fedRangesKey(START));
    expect(Object.keys(Object(fed)).filter((name) => name.startsWith("at"))).toHaveLength(job.items.length);

    const end = await invoke({ step: "end", ...START });
    expect([end.output.trimEnd().split("\n").at(-1), denied]).toEqual(['{"outcome":"all-fed"}', []]);
    const marked = await deployment.system.tableItems(published.stateTableName);
    expect(marked.find(({ key }) => key === jobKey(START.job))).toMatchObject({ state: "fed" });

    const again = await invoke(job.items[0]);
    expect(again.output).toContain('"outcome":"already-fed"');
    expect(deployment.system.queueDepths()[QUEUE]?.visible).toBe(40);
  });

  test("ends ten seconds before its time is over, while something is left to say how, and records nothing", async () => {
    const job = await aJob("1,Ada\n", { startId: "e".repeat(12) });
    await started(job);
    const late = await invoke(job.items[0], { ...environment(), REMAINING_MS: "10000" });
    expect(late.exitCode).not.toBe(0);
    expect(late.output).toContain("TimeoutError");
    const items = await deployment.system.tableItems(published.stateTableName);
    expect(items.map(({ key }) => key)).not.toContain(fedRangesKey(job.start));

    const inTime = await invoke(job.items[0], { ...environment(), REMAINING_MS: "18000" });
    expect(inTime.output).toContain('"outcome":"fed"');
  });

  test("stores a request that is too large for SQS, and sends a pointer to it", async () => {
    const { requestId: _requestId, ...request } = anEmailContactRequest();
    const RawMessage = { Subject: "Hello", Body: "{{name}}", ContentType: "text/plain" };
    const EmailMessage = { MessageSourceType: "RAW", RawMessage };
    const job = await aJob(`1,${"y".repeat(1_500_000)}\n`, {
      request: { ...request, input: { ...request.input, EmailMessage } },
    });
    await started(job);
    const { exitCode, output } = await invoke(job.items[0]);
    expect([exitCode, denied]).toEqual([0, []]);
    expect(output).toContain('"sent":1');
    const { sqs } = administrator();
    const QueueUrl = published.queueUrls.StartEmailContact.backfill;
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ["All"] }));
    expect(Messages?.[0]?.Body).toContain('"s3Key":"payloads/');
  });

  test("fails a range whose job was never started, by the name that is not tried again", async () => {
    const { exitCode, output } = await invoke({
      step: "range",
      ...START,
      job: "other",
      start: 0,
      end: 9,
      firstLine: 2,
      rows: 1,
    });
    expect(output).toContain("InvalidFeed");
    expect([exitCode === 0, denied]).toEqual([false, []]);
  });

  test("finds the template gone, and is not refused for want of a right to know that", async () => {
    const job = await aJob("1,Ada\n");
    await started(job);
    const Item = marshall({ ...job.item, key: jobKey("gone") });
    await administrator().dynamodb.send(new PutItemCommand({ TableName: published.stateTableName, Item }));
    const { output } = await invoke({ ...job.items[0], job: "gone" });
    expect(output).toContain("backfills/gone/0a1b2c3d4e5f/template.json is not in the bucket. Start the job again.");
  });

  test("fails a range of a file that has become shorter, and does not record it", async () => {
    const job = await aJob("1,Ada\n2,Grace\n", { startId: "f".repeat(12) });
    await started(job);
    await put(jobFiles(job.start).input, `${HEADER}1,Ada\n`);
    const { exitCode, output } = await invoke(job.items[0]);
    expect(output).toContain("The range of 14 bytes came with 6.");
    expect(exitCode).not.toBe(0);
    const items = await deployment.system.tableItems(published.stateTableName);
    expect(items.map(({ key }) => key)).not.toContain(fedRangesKey(job.start));
  });

  test.each([ENV.payloadBucketName, ENV.stateTableName, FEED_ENV.backfillQueueUrls])(
    "says as it starts that %s is missing",
    async (name) => {
      const { [name]: _missing, ...others } = environment();
      const { exitCode, output } = await invoke({}, others);
      expect(output).toContain(`The environment variable ${name} is not set. Deploy again.`);
      expect(exitCode).not.toBe(0);
    },
  );
});
