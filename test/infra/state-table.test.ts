import { describe, expect, test } from "@jest/globals";
import { apisOf } from "#shared/contract/apis-of.ts";
import { jobKey } from "#shared/contract/job-key.ts";
import { OPERATIONS, type Operation } from "#shared/contract/operation.ts";
import { PACED_APIS } from "#shared/contract/paced-api.ts";
import { bucketKey, requestKey } from "#shared/contract/state-key.ts";
import { Deployment } from "./support/deployment.ts";
import { printed } from "./support/printed.ts";

const deployment = Deployment.of();
const table = deployment.stateTable;
const key = `<${deployment.key.logicalId}.Arn>`;

describe("the state table", () => {
  test("is named after the prefix of the deployment", () => {
    expect(table.Properties["TableName"]).toBe("contact-requests-state");
    expect(Deployment.of({ prefix: "crm-eu" }).stateTable.Properties["TableName"]).toBe("crm-eu-state");
  });

  test("has one key, a text, and no index that would cost a second write", () => {
    expect(table.Properties["KeySchema"]).toEqual([{ AttributeName: "key", KeyType: "HASH" }]);
    expect(table.Properties["AttributeDefinitions"]).toEqual([{ AttributeName: "key", AttributeType: "S" }]);
    expect(table.Properties).not.toHaveProperty("GlobalSecondaryIndexes");
  });

  test.each([
    ["is paid by request", "BillingMode", "PAY_PER_REQUEST"],
    ["lets go of items by itself", "TimeToLiveSpecification", { AttributeName: "keptUntil", Enabled: true }],
    ["can be put back to any second", "PointInTimeRecoverySpecification", { PointInTimeRecoveryEnabled: true }],
  ])("%s", (_what, property, value) => expect(table.Properties[property]).toEqual(value));

  test("is encrypted with the deployment's own key", () => {
    const { SSEEnabled, SSEType, KMSMasterKeyId } = Object(table.Properties["SSESpecification"]);
    expect([SSEEnabled, SSEType, printed(KMSMasterKeyId)]).toEqual([true, "KMS", key]);
  });

  test("outlives its stack, and its own replacement", () => {
    expect(table).toMatchObject({ DeletionPolicy: "RetainExceptOnCreate", UpdateReplacePolicy: "Retain" });
  });
});

/** Whether a text fits one of IAM's patterns. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const isLike = (text: string, patterns: readonly string[]): boolean =>
  patterns.some((pattern) => {
    const expression = pattern
      .replaceAll(/[^\w*?]/gu, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".");
    return new RegExp(`^${expression}$`, "s").test(text);
  });

/** What requests of an operation are called in the ledger: an outbound e-mail takes two steps, and may take several drafts. */
const STEPS: Readonly<Record<Operation, readonly string[]>> = {
  StartEmailContact: ["StartEmailContact"],
  StartOutboundEmailContact: ["StartOutboundEmailContact"],
  CreateContact: ["CreateContact"],
  StartOutboundChatContact: ["StartOutboundChatContact"],
  OutboundEmail: [
    "OutboundEmail/CreateContact",
    "OutboundEmail/CreateContact/2",
    "OutboundEmail/StartOutboundEmailContact",
  ],
};

describe.each(OPERATIONS)("the worker of %s", (operation) => {
  const rights = deployment.rights(operation);
  const onTable = rights.filter(({ actions }) => actions.some((action) => action.startsWith("dynamodb:")));
  const [right, onJobs] = onTable;
  const patterns: readonly string[] = Object(right?.condition["ForAllValues:StringLike"])["dynamodb:LeadingKeys"];
  const itemOf = (each: string) =>
    requestKey({ operation: each, instanceId: "00000000-0000-4000-8000-000000000000", requestId: "a/b#c*d" });

  test("may read and write items of the state table, and nothing else there: no scan, no query, no delete", () => {
    expect(onTable).toHaveLength(2);
    expect(right?.actions.toSorted()).toEqual(["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"]);
    expect(right?.resources).toEqual([`<${table.logicalId}.Arn>`]);
  });

  test("may touch the items of its own requests, and the buckets of the APIs that it calls", () => {
    expect(STEPS[operation].filter((step) => !isLike(itemOf(step), patterns))).toEqual([]);
    expect(PACED_APIS.filter((api) => isLike(bucketKey(api), patterns)).toSorted()).toEqual(
      apisOf(operation).toSorted(),
    );
  });

  test("may read the items of jobs, and not change them", () => {
    expect([onJobs?.actions, onJobs?.resources]).toEqual([["dynamodb:GetItem"], right?.resources]);
    const jobs: readonly string[] = Object(onJobs?.condition["ForAllValues:StringLike"])["dynamodb:LeadingKeys"];
    expect(isLike(jobKey("spring"), jobs)).toBe(true);
    expect(
      [...STEPS[operation].map(itemOf), ...PACED_APIS.map(bucketKey)].filter((each) => isLike(each, jobs)),
    ).toEqual([]);
  });

  test("may touch no item of another operation", () => {
    const others = OPERATIONS.filter((each) => each !== operation);
    const foreign = others.flatMap((each) => STEPS[each].map(itemOf));
    expect(
      [...foreign, "backfill#job", `request#${operation}Else#i#r`].filter((each) => isLike(each, patterns)),
    ).toEqual([]);
  });

  test("may use the key for items, through DynamoDB alone", () => {
    const throughOthers = rights.filter(({ condition }) => "StringEquals" in condition);
    expect(throughOthers.map(({ resources, condition }) => [resources, condition])).toEqual([
      [[key], { StringEquals: { "kms:ViaService": "dynamodb.eu-central-1.amazonaws.com" } }],
    ]);
    expect(throughOthers.flatMap(({ actions }) => actions)).toEqual([
      "kms:Decrypt",
      "kms:DescribeKey",
      "kms:Encrypt",
      "kms:GenerateDataKey",
      "kms:GenerateDataKeyWithoutPlaintext",
      "kms:ReEncryptFrom",
      "kms:ReEncryptTo",
    ]);
  });
});
