import { describe, expect, test } from "@jest/globals";
import aslValidator from "asl-validator";
import { readFeedInput } from "#functions/runtime/feed-input.ts";
import { InvalidFeed } from "#functions/runtime/invalid-feed.ts";
import { JobNotFed } from "#functions/runtime/job-not-fed.ts";
import { RangeNotFed } from "#functions/runtime/range-not-fed.ts";
import { jobFiles } from "#shared/contract/job-files.ts";
import { Deployment } from "./support/deployment.ts";
import { printed } from "./support/printed.ts";
import { stateDefinition } from "./support/state-definition.ts";
import { evaluate } from "./support/state-expression.ts";

const deployment = Deployment.of();
const { json, map, task, end } = stateDefinition(deployment);
const bucket = `<${deployment.payloadBucket.logicalId}>`;
const bucketArn = `<${deployment.payloadBucket.logicalId}.Arn>`;
const feed = `<${deployment.feed.logicalId}.Arn>`;
const { Properties } = deployment.stateMachine;
const START = { job: "spring", startId: "0a1b2c3d4e5f" };
const RANGE = { start: 1_048_576, end: 2_097_100, firstLine: 9_321, rows: 8_100 };

/** What expressions of the map see, for one item of `ranges.json`. */
const states = { context: { Execution: { Input: START }, Map: { Item: { Index: 1, Value: RANGE } } } };

describe("the definition", () => {
  const validity = (definition: object) =>
    // The references of the template are no ARNs before it is deployed.
    aslValidator(structuredClone(definition), { checkArn: false, checkPaths: true });

  test("is good Amazon States Language", () => {
    const checked = validity(json);
    expect(checked.errorsText()).toBe("");
    expect(checked.isValid).toBe(true);
  });

  test("would not pass with a state that leads nowhere, or a member in the wrong language", () => {
    const text = JSON.stringify(json);
    const broken = [
      text.replace('"StartAt":"FeedRange"', '"StartAt":"Gone"'),
      text.replace('"Next":"EndRun"', '"Next":"Gone"'),
      text.replaceAll("Arguments", "Parameters"),
    ];
    for (const each of broken) {
      expect(each).not.toBe(text);
      expect(validity(JSON.parse(each)).isValid).toBe(false);
    }
  });
});

describe("the map", () => {
  test("reads the ranges of the job that it is started with, as a JSON array", () => {
    expect(map.ItemReader.Resource).toBe("arn:<AWS::Partition>:states:::s3:getObject");
    expect(map.ItemReader.ReaderConfig).toEqual({ InputType: "JSON" });
    expect(evaluate(map.ItemReader.Arguments, states)).toEqual({ Bucket: bucket, Key: jobFiles(START).ranges });
  });

  test("gives the function exactly what it reads: the start, and the range", () => {
    const input = evaluate(map.ItemSelector, states);
    const { FunctionName, Payload } = Object(evaluate(task.Arguments, { input }));
    expect(FunctionName).toBe(feed);
    expect(Payload).toEqual({ step: "range", ...START, ...RANGE });
    expect(readFeedInput(Payload)).toEqual(Payload);
  });

  test("keeps the function's answer, without what Lambda puts around it", () => {
    const answer = { rows: 1, sent: 1, refused: 0, failed: 0 };
    expect(evaluate(task.Output, { result: { StatusCode: 200, Payload: answer } })).toEqual(answer);
  });

  test("writes down how each range ended, in the folder of the start", () => {
    expect(map.ResultWriter.Resource).toBe("arn:<AWS::Partition>:states:::s3:putObject");
    expect(evaluate(map.ResultWriter.Arguments, states)).toEqual({ Bucket: bucket, Prefix: jobFiles(START).results });
  });

  test("feeds two ranges at once, or as many as is set", () => {
    expect(map["MaxConcurrency"]).toBe(2);
    expect(stateDefinition(Deployment.of({ backfillFeedConcurrency: 7 })).map["MaxConcurrency"]).toBe(7);
  });

  test("goes through all ranges, however many of them fail: of one range, of nine, or of a thousand", () => {
    expect(map["ToleratedFailurePercentage"]).toBe(100);
    expect(map["ToleratedFailureCount"]).toBeUndefined();
  });

  test("has child executions that may wait longer than the five minutes of express ones", () => {
    expect(map.ItemProcessor.ProcessorConfig).toEqual({ Mode: "DISTRIBUTED", ExecutionType: "STANDARD" });
    expect(Properties["StateMachineType"] ?? "STANDARD").toBe("STANDARD");
  });
});

describe("the state behind the map", () => {
  test("asks the function what is left of the start, in words that it reads", () => {
    const { FunctionName, Payload } = Object(evaluate(end.Arguments, states));
    expect(FunctionName).toBe(feed);
    expect(Payload).toEqual({ step: "end", ...START });
    expect(readFeedInput(Payload)).toEqual(Payload);
  });

  test("fails the execution at once where ranges are left, and is tried again where the function could not be called", () => {
    const retrier = (error: string) =>
      end.Retry.find(({ ErrorEquals }) => ErrorEquals.some((name) => [error, "States.ALL"].includes(name)));
    expect([new JobNotFed("").name, new InvalidFeed("").name].map((name) => retrier(name)?.MaxAttempts)).toEqual([
      0, 0,
    ]);
    expect(retrier("Lambda.ServiceException")?.MaxAttempts).toBe(8);
    expect(end["Catch"]).toBeUndefined();
  });
});

describe("a range that fails", () => {
  /** The first retrier that names an error is the one that counts. */
  const attemptsAfter = (error: string) =>
    task.Retry.find(({ ErrorEquals }) => ErrorEquals.some((name) => [error, "States.ALL"].includes(name)))?.MaxAttempts;

  test.each([
    new RangeNotFed("").name,
    "Lambda.ServiceException",
    "Lambda.AWSLambdaException",
    "Lambda.SdkClientException",
    "Lambda.TooManyRequestsException",
    "Sandbox.Timedout",
    "States.Timeout",
  ])("with %s is tried again for a quarter of an hour", (error) => {
    expect(attemptsAfter(error)).toBe(8);
    const { IntervalSeconds, BackoffRate, MaxDelaySeconds, MaxAttempts } = Object(task.Retry.at(-1));
    const delays = Array.from({ length: MaxAttempts }, (_, n) =>
      Math.min(IntervalSeconds * BackoffRate ** n, MaxDelaySeconds),
    );
    expect(delays.reduce((sum, each) => sum + each, 0) / 60).toBeCloseTo(15, 0);
  });

  test("since its input or its files are wrong is not tried again", () => {
    expect(attemptsAfter(new InvalidFeed("").name)).toBe(0);
  });

  test("is waited for a little longer than the function may take", () => {
    expect(task["TimeoutSeconds"]).toBe(Number(deployment.feed.Properties["Timeout"]) + 30);
  });
});

describe("the state machine's role", () => {
  const rights = deployment.rightsOf(Properties["RoleArn"]);
  const rightsIn = (service: string) =>
    rights
      .flatMap(({ actions, resources }) => actions.flatMap((action) => resources.map((on) => `${action} on ${on}`)))
      .filter((right) => right.startsWith(`${service}:`))
      .toSorted();
  const STATES = "arn:<AWS::Partition>:states:eu-central-1:123456789012";

  test("may invoke the feed, and no other function", () => {
    expect(rightsIn("lambda")).toEqual([`lambda:InvokeFunction on ${feed}`]);
  });

  test("may start the map's executions of its own machine, and look after them", () => {
    const executions = [
      `${STATES}:execution:contact-requests-backfill/ranges:*`,
      `${STATES}:execution:contact-requests-backfill:*`,
    ];
    expect(rightsIn("states")).toEqual(
      [
        ...["DescribeExecution", "RedriveExecution", "StopExecution"].flatMap((action) =>
          executions.map((each) => `states:${action} on ${each}`),
        ),
        `states:StartExecution on ${STATES}:stateMachine:contact-requests-backfill`,
      ].toSorted(),
    );
    expect(Properties["StateMachineName"]).toBe("contact-requests-backfill");
    expect(map.Label).toBe("ranges");
  });

  test("may read the ranges of jobs, write results, and see no rows", () => {
    expect(rightsIn("s3")).toEqual([
      `s3:AbortMultipartUpload on ${bucketArn}/backfills/*/*/results/*`,
      `s3:GetObject on ${bucketArn}/backfills/*/*/ranges.json`,
      `s3:GetObject on ${bucketArn}/backfills/*/*/results/*`,
      `s3:ListMultipartUploadParts on ${bucketArn}/backfills/*/*/results/*`,
      `s3:PutObject on ${bucketArn}/backfills/*/*/results/*`,
    ]);
  });

  test("has rights in no further service", () => {
    const services = rights.flatMap(({ actions }) => actions.map((each) => each.split(":")[0]));
    expect([...new Set(services)].toSorted()).toEqual(["kms", "lambda", "logs", "s3", "states"]);
  });
});

test("every step is logged, without the data of executions, to a group of the deployment's name that is kept", () => {
  const group = deployment.one(
    "AWS::Logs::LogGroup",
    "LogGroupName",
    "/aws/vendedlogs/states/contact-requests-backfill",
  );
  expect(group).toMatchObject({ DeletionPolicy: "RetainExceptOnCreate", Properties: { RetentionInDays: 90 } });
  const { Destinations, ...settings } = Object(Properties["LoggingConfiguration"]);
  expect(settings).toEqual({ Level: "ALL", IncludeExecutionData: false });
  expect(printed(Destinations[0].CloudWatchLogsLogGroup.LogGroupArn)).toBe(`<${group.logicalId}.Arn>`);
});
