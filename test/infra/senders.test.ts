import { describe, expect, test } from "@jest/globals";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { OPERATIONS, type Operation } from "#shared/contract/operation.ts";
import { Deployment } from "./support/deployment.ts";
import { policyStatements, type Statement } from "./support/policy-statements.ts";

const LANES = ["live", "backfill"] as const;
const UPSTREAM = "arn:aws:iam::210987654321:role/upstream";
const CRM = "arn:aws:iam::123456789012:role/crm";

const without = Deployment.of();
const withSenders = Deployment.of({ senders: [UPSTREAM, CRM] });

const allowed = (statements: readonly Statement[]): readonly Statement[] =>
  statements.filter(({ effect }) => effect === "Allow");

const bucketPolicy = (deployment: Deployment): readonly Statement[] =>
  deployment
    .ofType("AWS::S3::BucketPolicy")
    .flatMap(({ Properties }) => policyStatements(Properties["PolicyDocument"]));

/** All that it takes to send requests of these operations, and no more. */
const sending = (deployment: Deployment, operations: readonly Operation[]): readonly string[] => {
  const queues = operations.flatMap((each) => LANES.map((lane) => deployment.laneQueue(each, lane).logicalId));
  const key = `<${deployment.key.logicalId}.Arn>`;
  return [
    ...queues.flatMap((queue) => [`sqs:GetQueueUrl on <${queue}.Arn>`, `sqs:SendMessage on <${queue}.Arn>`]),
    `kms:Decrypt on ${key}`,
    `kms:GenerateDataKey on ${key}`,
    `s3:PutObject on <${deployment.payloadBucket.logicalId}.Arn>/payloads/*`,
  ].toSorted();
};

const rights = (document: unknown): readonly string[] =>
  policyStatements(document)
    .flatMap(({ actions, resources }) => actions.flatMap((action) => resources.map((on) => `${action} on ${on}`)))
    .toSorted();

describe("the managed policy for senders", () => {
  const [policy, ...others] = without
    .ofType("AWS::IAM::ManagedPolicy")
    .filter(({ Properties }) => Properties["Description"] === "May send contact requests to contact-requests");

  test("gives all that it takes to send any request, and no more", () => {
    expect(others).toEqual([]);
    expect(rights(policy?.Properties["PolicyDocument"])).toEqual(sending(without, OPERATIONS));
  });

  test("is named after the deployment and its Region: IAM has no Regions of its own", () => {
    expect(policy?.Properties["ManagedPolicyName"]).toBe("contact-requests-senders-eu-central-1");
  });

  test("is attached to nobody by the deployment itself", () => {
    for (const attachment of ["Roles", "Users", "Groups"]) expect(policy?.Properties).not.toHaveProperty(attachment);
  });
});

describe("senders in the settings", () => {
  const principals = [`AWS:${CRM}`, `AWS:${UPSTREAM}`];

  test.each(OPERATIONS.flatMap((operation) => LANES.map((lane) => [operation, lane] as const)))(
    "may find and send to the queue of %s %s, in one statement for all",
    (operation, lane) => {
      const queue = withSenders.laneQueue(operation, lane);
      const ofPrincipals = allowed(withSenders.queuePolicy(queue)).filter(({ principals: [each] }) =>
        each?.startsWith("AWS:"),
      );
      expect(ofPrincipals).toHaveLength(1);
      const [ofSenders] = ofPrincipals;
      expect(ofSenders?.principals.toSorted()).toEqual(principals);
      expect(ofSenders?.actions.toSorted()).toEqual(["sqs:GetQueueUrl", "sqs:SendMessage"]);
      expect(ofSenders?.resources).toEqual([`<${queue.logicalId}.Arn>`]);
    },
  );

  test("may use the key to write", () => {
    const ofSenders = withSenders.keyPolicy.filter(({ principals: each }) => each.includes(`AWS:${UPSTREAM}`));
    expect(ofSenders.map(({ actions, principals: each }) => [actions, each.toSorted()])).toEqual([
      [["kms:Decrypt", "kms:GenerateDataKey"], principals],
    ]);
  });

  test("may put payloads, and touch nothing else in the bucket", () => {
    expect(allowed(bucketPolicy(withSenders)).map((each) => [each.actions, each.resources])).toEqual([
      [["s3:PutObject"], [`<${withSenders.payloadBucket.logicalId}.Arn>/payloads/*`]],
    ]);
  });

  test.each([
    ...OPERATIONS.map((each) => [`dead-letter queue of ${each}`, withSenders.deadLetterQueue(each)] as const),
    ["queue of undeliverable events", withSenders.undeliverableEvents] as const,
  ])("may do nothing with the %s", (_name, queue) => {
    expect(JSON.stringify(withSenders.queuePolicy(queue))).not.toContain(UPSTREAM);
  });

  test("are the only principals beside the account, EventBridge and SNS that any policy of a resource lets in", () => {
    const letIn = (deployment: Deployment) => [
      ...allowed(deployment.ofType("AWS::SQS::Queue").flatMap((queue) => deployment.queuePolicy(queue))),
      ...allowed(bucketPolicy(deployment)),
      ...deployment.keyPolicy,
    ];
    const names = (deployment: Deployment) => [...new Set(letIn(deployment).flatMap(({ principals: each }) => each))];
    const account = "AWS:arn:<AWS::Partition>:iam::123456789012:root";
    const always = [account, "Service:events.amazonaws.com", "Service:sns.amazonaws.com"];
    expect(names(without).toSorted()).toEqual(always);
    expect(names(withSenders).toSorted()).toEqual([...principals, ...always].toSorted());
  });
});

describe("grantSend", () => {
  const granted = (operations?: readonly Operation[]) => {
    const deployment = Deployment.with((requests, stack) => {
      const role = new Role(stack, "Upstream", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
      requests.grantSend(role, operations);
    });
    const policy = deployment
      .ofType("AWS::IAM::Policy")
      .find(({ Properties }) => JSON.stringify(Properties["Roles"]).includes('"Upstream'));
    return { deployment, rights: rights(policy?.Properties["PolicyDocument"]) };
  };

  test("gives a role all that it takes to send any request, and no more", () => {
    const { deployment, rights: given } = granted();
    expect(given).toEqual(sending(deployment, OPERATIONS));
  });

  test("gives no more than the operations that are named", () => {
    const { deployment, rights: given } = granted(["CreateContact"]);
    expect(given).toEqual(sending(deployment, ["CreateContact"]));
  });

  test("leaves the policies of queues and key alone for a role of the account", () => {
    const { deployment } = granted();
    expect(deployment.keyPolicy).toEqual(without.keyPolicy);
    expect(JSON.stringify(deployment.ofType("AWS::SQS::QueuePolicy"))).not.toContain("Upstream");
  });
});
