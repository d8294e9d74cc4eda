import { expect, test } from "@jest/globals";
import { Validations } from "aws-cdk-lib";
import * as z from "zod";
import { Deployment } from "./support/deployment.ts";
import { INSTANCE, SECOND_INSTANCE } from "./support/instances.ts";
import { policyStatements, type Statement } from "./support/policy-statements.ts";

const deployment = Deployment.of({
  connectInstanceArns: [INSTANCE, SECOND_INSTANCE],
  attachmentBuckets: ["mail-files"],
  senders: ["arn:aws:iam::210987654321:role/upstream"],
});

interface Placed extends Statement {
  /** The logical id of the resource that the policy is on. */
  readonly on: string;
  readonly type: string;
}

const statements: readonly Placed[] = deployment.resources.flatMap(({ logicalId, Type, Properties }) =>
  policyDocuments(Properties).flatMap((document) =>
    policyStatements(document).map((statement) => ({ ...statement, on: logicalId, type: Type })),
  ),
);

/** Every policy document, however deep it is in a value. */
function policyDocuments(value: unknown): readonly unknown[] {
  if (typeof value !== "object" || value === null) return [];
  return "Statement" in value ? [value] : Object.values(value).flatMap(policyDocuments);
}

const acknowledged = new Set(
  deployment.stack.node
    .findAll()
    .flatMap(({ node }) => node.metadata)
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .flatMap(({ data }) => Object.entries(z.record(z.string(), z.string()).parse(data)))
    .filter(([, reason]) => reason.length > 20)
    .map(([id]) => id.replace(/^annotation::/i, "")),
);

const allowing = statements.filter(({ effect }) => effect === "Allow");
const ofIdentities = allowing.filter(({ type }) => type === "AWS::IAM::Policy" || type === "AWS::IAM::ManagedPolicy");

test("the walk finds the policies of every kind of resource that has some", () => {
  expect(new Set(statements.map(({ type }) => type))).toEqual(
    new Set([
      "AWS::IAM::ManagedPolicy",
      "AWS::IAM::Policy",
      "AWS::IAM::Role",
      "AWS::KMS::Key",
      "AWS::S3::BucketPolicy",
      "AWS::SQS::QueuePolicy",
    ]),
  );
});

test("no identity is allowed an action with a wildcard", () => {
  expect(ofIdentities.filter(({ actions }) => actions.some((action) => action.includes("*")))).toEqual([]);
});

test("the only action with a wildcard that is allowed at all is the account's management of its own key", () => {
  const wide = allowing.filter(({ actions }) => actions.some((action) => action.includes("*")));
  expect(wide.map(({ on, actions }) => [on, actions])).toEqual([[deployment.key.logicalId, ["kms:*"]]]);
});

test("every resource with a wildcard is acknowledged, with a reason", () => {
  const wide = new Set(ofIdentities.flatMap(({ resources }) => resources.filter((each) => each.includes("*"))));
  expect(wide.size).toBeGreaterThan(0);
  expect([...wide].filter((each) => !acknowledged.has(`AwsSolutions-IAM5[Resource::${each}]`))).toEqual([]);
});

test("nobody is allowed anything on every resource but what AWS gives on no single one", () => {
  const everywhere = ofIdentities.filter(({ resources }) => resources.includes("*"));
  expect(new Set(everywhere.flatMap(({ actions }) => actions))).toEqual(
    new Set([
      "lambda:ListEventSourceMappings",
      // How Step Functions has its log delivered.
      "logs:CreateLogDelivery",
      "logs:DeleteLogDelivery",
      "logs:DescribeLogGroups",
      "logs:DescribeResourcePolicies",
      "logs:GetLogDelivery",
      "logs:ListLogDeliveries",
      "logs:PutResourcePolicy",
      "logs:UpdateLogDelivery",
    ]),
  );
});

test("everybody is spoken of only to be refused without TLS", () => {
  const ofEverybody = statements.filter(({ principals }) => principals.some((each) => each.includes("*")));
  expect(ofEverybody.length).toBeGreaterThan(0);
  for (const { effect, condition } of ofEverybody) {
    expect(effect).toBe("Deny");
    expect(["aws:SecureTransport", "s3:TlsVersion"]).toContain(Object.keys(Object.values(condition)[0] ?? {})[0]);
  }
});

test("roles are given no managed policies: who changes those changes our rights", () => {
  const roles = deployment.ofType("AWS::IAM::Role");
  expect(roles.filter(({ Properties }) => "ManagedPolicyArns" in Properties)).toEqual([]);
});
