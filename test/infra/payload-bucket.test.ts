import { expect, test } from "@jest/globals";
import { Deployment } from "./support/deployment.ts";
import { policyStatements } from "./support/policy-statements.ts";

const deployment = Deployment.of();
const { key, payloadBucket } = deployment;
const arn = `<${payloadBucket.logicalId}.Arn>`;
const statements = deployment
  .ofType("AWS::S3::BucketPolicy")
  .flatMap(({ Properties }) => policyStatements(Properties["PolicyDocument"]));

test("payloads are encrypted with the deployment's own key, through a bucket key", () => {
  expect(payloadBucket.Properties["BucketEncryption"]).toEqual({
    ServerSideEncryptionConfiguration: [
      {
        BucketKeyEnabled: true,
        ServerSideEncryptionByDefault: {
          SSEAlgorithm: "aws:kms",
          KMSMasterKeyID: { "Fn::GetAtt": [key.logicalId, "Arn"] },
        },
      },
    ],
  });
});

test("the bucket can never be public", () => {
  expect(payloadBucket.Properties["PublicAccessBlockConfiguration"]).toEqual({
    BlockPublicAcls: true,
    BlockPublicPolicy: true,
    IgnorePublicAcls: true,
    RestrictPublicBuckets: true,
  });
});

test("objects belong to the bucket's owner, whoever wrote them", () => {
  expect(payloadBucket.Properties["OwnershipControls"]).toEqual({
    Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }],
  });
});

test.each([
  ["without TLS", { Bool: { "aws:SecureTransport": "false" } }],
  ["with a TLS older than 1.2", { NumericLessThan: { "s3:TlsVersion": 1.2 } }],
])("the bucket refuses everybody who comes %s", (_how, condition) => {
  expect(statements).toContainEqual({
    effect: "Deny",
    actions: ["s3:*"],
    resources: [arn, `${arn}/*`],
    principals: ["AWS:*"],
    condition,
  });
});

const lifecycleRules: readonly unknown[] = Object(payloadBucket.Properties["LifecycleConfiguration"]).Rules;

test("payloads expire after 90 days, longer than a dead letter waits, and unfinished uploads after one", () => {
  expect(lifecycleRules).toContainEqual({
    ExpirationInDays: 90,
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
    Status: "Enabled",
  });
});

test("the files of backfills expire after 30 days, and there are no further rules", () => {
  expect(lifecycleRules).toContainEqual({
    Id: "backfills",
    Prefix: "backfills/",
    ExpirationInDays: 30,
    Status: "Enabled",
  });
  expect(lifecycleRules).toHaveLength(2);
});

test.each([["bucket", payloadBucket] as const, ["key", key] as const])(
  "the %s outlives its stack, and its own replacement",
  (_name, resource) => {
    expect(resource).toMatchObject({ DeletionPolicy: "RetainExceptOnCreate", UpdateReplacePolicy: "Retain" });
  },
);

test("the key is rotated", () => {
  expect(key.Properties["EnableKeyRotation"]).toBe(true);
});

test("the key is managed by the account that it is in, and by nobody else", () => {
  const managing = deployment.keyPolicy.filter(({ actions }) => actions.includes("kms:*"));
  expect(managing.flatMap(({ principals }) => principals)).toEqual(["AWS:arn:<AWS::Partition>:iam::123456789012:root"]);
});

test("nobody but EventBridge and SNS is let use the key by the key's own policy, and those for this account alone", () => {
  expect(deployment.keyPolicy.filter(({ actions }) => !actions.includes("kms:*"))).toEqual([
    {
      effect: "Allow",
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      resources: ["*"],
      principals: ["Service:events.amazonaws.com", "Service:sns.amazonaws.com"],
      condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
    },
  ]);
});
