import { describe, expect, test } from "@jest/globals";
import { OPERATIONS } from "#shared/contract/operation.ts";
import { ENV } from "#shared/env.ts";
import { FEED_ENV } from "#shared/env-of-feed.ts";
import { Deployment } from "./support/deployment.ts";
import { printed } from "./support/printed.ts";

const deployment = Deployment.of();
const { Properties } = deployment.feed;
const rights = deployment.rightsOf(Properties["Role"]);
const bucket = `<${deployment.payloadBucket.logicalId}.Arn>`;

const rightsIn = (service: string) => [
  ...new Set(
    rights
      .flatMap(({ actions, resources }) => actions.flatMap((action) => resources.map((on) => `${action} on ${on}`)))
      .filter((right) => right.startsWith(`${service}:`))
      .toSorted(),
  ),
];

test.each([
  ["Runtime", "nodejs24.x"],
  ["Architectures", ["arm64"]],
  ["MemorySize", 512],
  ["Timeout", 300],
])("the feed has the %s that it should have", (property, value) => {
  expect(Properties[property]).toEqual(value);
});

test("nothing but the state machine calls the feed: no queue, no rule, no URL", () => {
  const callers = [
    "AWS::Lambda::EventSourceMapping",
    "AWS::Events::Rule",
    "AWS::Lambda::Url",
    "AWS::Lambda::Permission",
  ];
  const naming = callers.flatMap((type) =>
    deployment.ofType(type).filter((each) => JSON.stringify(each).includes(deployment.feed.logicalId)),
  );
  expect(naming).toEqual([]);
});

test("the feed is told the backfill queue of every operation, the table and the bucket, and nothing else", () => {
  const { Variables } = Object(Properties["Environment"]);
  expect(Object.keys(Variables).toSorted()).toEqual(
    [ENV.payloadBucketName, ENV.stateTableName, FEED_ENV.backfillQueueUrls].toSorted(),
  );
  expect(JSON.parse(printed(Variables[FEED_ENV.backfillQueueUrls]))).toEqual(
    Object.fromEntries(OPERATIONS.map((each) => [each, `<${deployment.laneQueue(each, "backfill").logicalId}>`])),
  );
});

describe("the feed", () => {
  test("may send to every backfill queue, and do nothing else with any queue", () => {
    expect(rightsIn("sqs")).toEqual(
      OPERATIONS.map(
        (each) => `sqs:SendMessage on <${deployment.laneQueue(each, "backfill").logicalId}.Arn>`,
      ).toSorted(),
    );
  });

  test("may read the files of backfills, and write refused rows and large requests", () => {
    expect(rightsIn("s3")).toEqual([
      `s3:GetObject on ${bucket}/backfills/*`,
      `s3:ListBucket on ${bucket}`,
      `s3:PutObject on ${bucket}/backfills/*/refused/*`,
      `s3:PutObject on ${bucket}/payloads/*`,
    ]);
  });

  test("may read and change the items of jobs, and no others", () => {
    const onTable = rights.filter(({ actions }) => actions.some((action) => action.startsWith("dynamodb:")));
    expect(onTable).toEqual([
      {
        effect: "Allow",
        actions: ["dynamodb:GetItem", "dynamodb:UpdateItem"],
        resources: [`<${deployment.stateTable.logicalId}.Arn>`],
        principals: [],
        condition: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["job#*"] } },
      },
    ]);
  });

  test("has rights in no further service", () => {
    const services = rights.flatMap(({ actions }) => actions.map((each) => each.split(":")[0]));
    expect([...new Set(services)].toSorted()).toEqual(["dynamodb", "kms", "logs", "s3", "sqs"]);
  });
});
