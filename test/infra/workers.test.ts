import { describe, expect, test } from "@jest/globals";
import * as z from "zod";
import { OPERATIONS, type Operation } from "#shared/contract/operation.ts";
import { ENV } from "#shared/env.ts";
import { workerSettingsSchema } from "#shared/worker/worker-settings.ts";
import { Deployment } from "./support/deployment.ts";
import { INSTANCE, SECOND_INSTANCE } from "./support/instances.ts";
import { printed } from "./support/printed.ts";

const settings = {
  connectInstanceArns: [INSTANCE, SECOND_INSTANCE],
  batchSize: 7,
  maximumConcurrency: 3,
  backfillMaximumConcurrency: 4,
};
const deployment = Deployment.of(settings);

const environmentSchema = z.object({ Variables: z.record(z.string(), z.unknown()) });

/** An outbound e-mail takes the calls of two other operations, at their pace. */
const SHARE_THEIR_QUOTA: readonly Operation[] = ["CreateContact", "StartOutboundEmailContact", "OutboundEmail"];

describe.each(OPERATIONS)("the worker of %s", (operation) => {
  const { Properties } = deployment.worker(operation);
  const live = deployment.laneQueue(operation, "live").logicalId;
  const backfill = deployment.laneQueue(operation, "backfill").logicalId;
  const variables = environmentSchema.parse(Properties["Environment"]).Variables;
  const variable = (name: string): string => printed(variables[name]);

  test.each([
    ["Runtime", "nodejs24.x"],
    ["Architectures", ["arm64"]],
    ["MemorySize", 512],
    ["Handler", "index.handler"],
  ])("has the %s %j", (property, value) => {
    expect(Properties[property]).toEqual(value);
  });

  test("has time for a batch at the pace that is left to it, by whoever draws on the same quota", () => {
    const QUOTA_PER_SECOND = 2;
    const workersOnBucket = (3 + 4) * (SHARE_THEIR_QUOTA.includes(operation) ? 2 : 1);
    expect(Properties["Timeout"]).toBeGreaterThanOrEqual((1.5 * 7 * workersOnBucket) / QUOTA_PER_SECOND);
  });

  test("has exactly the environment variables that the wiring reads", () => {
    expect(Object.keys(variables).toSorted()).toEqual(Object.values(ENV).toSorted());
  });

  test("is told the URLs of its own queues, and of no others", () => {
    expect(variable(ENV.sourceQueueUrls)).toBe(`["<${live}>","<${backfill}>"]`);
    expect(variable(ENV.deadLetterQueueUrl)).toBe(`<${deployment.deadLetterQueue(operation).logicalId}>`);
  });

  test("is told the state table", () => {
    expect(variable(ENV.stateTableName)).toBe(`<${deployment.stateTable.logicalId}>`);
  });

  test("is told the payload bucket", () => {
    expect(variable(ENV.payloadBucketName)).toBe(`<${deployment.payloadBucket.logicalId}>`);
  });

  test("is told the instances, the default first", () => {
    expect(JSON.parse(variable(ENV.connectInstanceArns))).toEqual([INSTANCE, SECOND_INSTANCE]);
  });

  test("is told its settings in the form that it reads", () => {
    expect(workerSettingsSchema.safeParse(JSON.parse(variable(ENV.workerSettings))).error).toBeUndefined();
  });

  test("logs to a group of its own, which is kept for three months, whatever happens to the stack", () => {
    const group = deployment.one("AWS::Logs::LogGroup", "LogGroupName", `/aws/lambda/contact-requests-${operation}`);
    expect(Properties["LoggingConfig"]).toEqual({ LogGroup: { Ref: group.logicalId } });
    expect(group).toMatchObject({ Properties: { RetentionInDays: 90 }, DeletionPolicy: "RetainExceptOnCreate" });
  });

  test("can be changed and deleted with the stack", () => {
    expect(deployment.worker(operation).DeletionPolicy).toBeUndefined();
  });
});

test("there is one worker, with one mapping for each lane, for each operation, and the feed beside them", () => {
  expect(deployment.ofType("AWS::Lambda::Function")).toHaveLength(OPERATIONS.length + 1);
  expect(deployment.ofType("AWS::Lambda::EventSourceMapping")).toHaveLength(2 * OPERATIONS.length);
});

test("each worker runs a bundle of its own", () => {
  const code = OPERATIONS.map((operation) => JSON.stringify(deployment.worker(operation).Properties["Code"]));
  expect(new Set(code).size).toBe(OPERATIONS.length);
});

test.each(["CreateContact", "OutboundEmail"] as const)(
  "the worker of %s is paced by the quota of the API, which both have to share",
  (operation) => {
    const { Properties } = Deployment.of({ quotas: { CreateContact: { ratePerSecond: 40, burst: 16 } } }).worker(
      operation,
    );
    const { Variables } = environmentSchema.parse(Properties["Environment"]);
    const { quotas } = workerSettingsSchema.parse(JSON.parse(printed(Variables[ENV.workerSettings])));
    expect(quotas.CreateContact?.pace.ratePerSecond).toBe(5);
  },
);

test("times can be small, for tests", () => {
  const fast = { ratePerSecond: 100, burst: 50 };
  const { Properties } = Deployment.of({
    quotas: { CreateContact: fast },
    callTimeoutSeconds: 0.5,
    closingTimeSeconds: 0.3,
  }).worker("CreateContact");
  expect(Properties["Timeout"]).toBe(2);
});
