import { readFileSync, statSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import * as z from "zod";
import { type Bundles, bundle } from "#infra/bundle.ts";
import { functionFile } from "#infra/function-file.ts";
import { apisOf } from "#shared/contract/apis-of.ts";
import { OPERATIONS, type Operation } from "#shared/contract/operation.ts";
import { PACED_APIS } from "#shared/contract/paced-api.ts";
import { ENV } from "#shared/env.ts";
import { Deployment } from "#test/infra/support/deployment.ts";
import { printed } from "#test/infra/support/printed.ts";
import { run } from "#test/infra/support/run.ts";
import { FakeSqs } from "./support/fake-sqs.ts";

const FUNCTIONS = OPERATIONS.map(functionFile);
const INVOKE = fileURLToPath(new URL("support/invoke.ts", import.meta.url));

const deployment = Deployment.of();
let directory: string;
let bundles: Bundles;
let sqs: FakeSqs;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "bundles-"));
  [bundles, sqs] = await Promise.all([bundle(FUNCTIONS, directory), FakeSqs.start()]);
});

beforeEach(() => {
  sqs.calls.length = 0;
  sqs.outcomes.length = 0;
});

afterAll(async () => {
  await sqs.stop();
  await rm(directory, { recursive: true });
});

const fileOf = (operation: Operation): string => join(String(bundles[functionFile(operation)]), "index.mjs");

/** The environment that the template gives a worker, with addresses on this machine, and what Lambda adds to it. */
function environmentOf(operation: Operation): Record<string, string> {
  const { Properties } = deployment.worker(operation);
  const { Variables } = z.object({ Variables: z.record(z.string(), z.unknown()) }).parse(Properties["Environment"]);
  const onThisMachine = (logicalId: string): string => `${sqs.endpoint}/000000000000/${logicalId}`;
  return {
    ...Object.fromEntries(Object.entries(Variables).map(([name, value]) => [name, printed(value, onThisMachine)])),
    AWS_REGION: "eu-central-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_LAMBDA_FUNCTION_NAME: printed(Properties["FunctionName"]),
    AWS_ENDPOINT_URL: sqs.endpoint,
  };
}

const BODY = '{"requestId":"billing/4711","operation":"None"}';

const eventFor = (operation: Operation): string =>
  JSON.stringify({
    Records: [
      {
        messageId: "2c1d0d0f-0f1d-4d0e-9b44-2b7a5a3c1e10",
        receiptHandle: "handle",
        body: BODY,
        attributes: {
          ApproximateReceiveCount: "1",
          ApproximateFirstReceiveTimestamp: String(Date.now()),
          SentTimestamp: String(Date.now()),
          SenderId: "AIDAEXAMPLE",
        },
        messageAttributes: {},
        md5OfBody: "",
        eventSource: "aws:sqs",
        eventSourceARN: `arn:aws:sqs:eu-central-1:123456789012:contact-requests-${operation}-live`,
        awsRegion: "eu-central-1",
      },
    ],
  });

const invoke = (operation: Operation, environment: Readonly<Record<string, string>>) =>
  run([INVOKE, pathToFileURL(fileOf(operation)).href], { environment, input: eventFor(operation) });

describe.each(OPERATIONS)("the bundle of %s, in a process of its own", (operation) => {
  test("answers an event: an invalid record becomes a dead letter, and does not come back", async () => {
    const { exitCode, output } = await invoke(operation, environmentOf(operation));
    expect(output.trimEnd().split("\n").at(-1)).toBe('{"batchItemFailures":[]}');
    expect(exitCode).toBe(0);
    expect(sqs.calls).toMatchObject([
      {
        target: "AmazonSQS.SendMessage",
        message: {
          QueueUrl: `${sqs.endpoint}/000000000000/${deployment.deadLetterQueue(operation).logicalId}`,
          MessageBody: BODY,
          MessageAttributes: { ContactRequestFailure: { StringValue: expect.stringContaining('"kind":"invalid"') } },
        },
      },
    ]);
    expect(sqs.outcomes).toEqual(["Contact Request Failed"]);
  });

  test("is below 800 kB, since its size is paid for at every cold start", () => {
    expect(statSync(fileOf(operation)).size).toBeLessThan(800_000);
  });

  test("holds the schemas of its own calls, and of no other in Amazon Connect", () => {
    const source = readFileSync(fileOf(operation), "utf8");
    const known = [...PACED_APIS, "DeleteUser", "DescribeContact", "ListUsers"];
    expect(known.filter((name) => source.includes(`"${name}Request"`)).toSorted()).toEqual(
      apisOf(operation).toSorted(),
    );
  });
});

describe("a worker without its environment", () => {
  test.each(Object.values(ENV))("that lacks %s says so as it starts", async (name) => {
    const { [name]: _missing, ...environment } = environmentOf("CreateContact");
    const { exitCode, output } = await invoke("CreateContact", environment);
    expect(output).toContain(`The environment variable ${name} is not set. Deploy again.`);
    expect(exitCode).not.toBe(0);
  });

  test.each([
    ["text", "not JSON"],
    ["another version's settings", "{}"],
  ])("that finds %s in place of its settings says which variable it is", async (_what, value) => {
    const environment = { ...environmentOf("CreateContact"), [ENV.workerSettings]: value };
    const { exitCode, output } = await invoke("CreateContact", environment);
    expect(output).toContain("The environment variable WORKER_SETTINGS does not hold what this version reads.");
    expect(exitCode).not.toBe(0);
  });
});

describe("bundling again", () => {
  test("gives the same bytes in another directory, so that only what has changed is deployed", async () => {
    const again = await bundle(FUNCTIONS, join(directory, "again"));
    for (const operation of OPERATIONS) {
      const bytes = readFileSync(join(String(again[functionFile(operation)]), "index.mjs"));
      expect(bytes.equals(readFileSync(fileOf(operation)))).toBe(true);
    }
  });

  test("leaves a file alone that has not changed: another synth may be reading it", async () => {
    const before = statSync(fileOf("CreateContact"), { bigint: true });
    await bundle(FUNCTIONS, directory);
    const after = statSync(fileOf("CreateContact"), { bigint: true });
    expect([after.ino, after.mtimeNs]).toEqual([before.ino, before.mtimeNs]);
  });
});
