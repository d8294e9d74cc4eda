import { expect, jest, test } from "@jest/globals";
import { type App, Stack, Validations } from "aws-cdk-lib";
import { CfnQueue } from "aws-cdk-lib/aws-sqs";
import { AwsSolutionsChecks, ServerlessChecks } from "cdk-nag";
import { ContactRequestsStack } from "#infra/contact-requests-stack.ts";
import { anApp } from "./support/an-app.ts";
import { INSTANCE, SECOND_INSTANCE } from "./support/instances.ts";
import { STUB_BUNDLES } from "./support/stub-bundles.ts";

/** What cdk-nag has to say about an app, as `rule at construct`. What is acknowledged with a reason is not among it. */
const findings = (app: App): readonly string[] =>
  [new AwsSolutionsChecks(), new ServerlessChecks()]
    .flatMap((pack) => pack.validateScope(app).violations)
    .flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${ruleName} at ${constructPath}`),
    );

const ruleNames = (found: readonly string[]): readonly string[] =>
  [...new Set(found.map((finding) => finding.slice(0, finding.indexOf(" at "))))].toSorted();

function ourApp(): App {
  const app = anApp();
  const settings = {
    connectInstanceArns: [INSTANCE, SECOND_INSTANCE],
    attachmentBuckets: ["mail-files"],
    senders: ["arn:aws:iam::210987654321:role/upstream"],
  };
  new ContactRequestsStack(app, "Stack", { settings, bundles: STUB_BUNDLES });
  return app;
}

test("cdk-nag finds nothing that is not acknowledged", () => {
  expect(findings(ourApp())).toEqual([]);
});

test("cdk-nag finds a queue that is not encrypted", () => {
  const app = anApp();
  new CfnQueue(new Stack(app, "Careless"), "Queue", { sqsManagedSseEnabled: false });
  expect(findings(app)).toContain("AwsSolutions-SQS2 at Careless/Queue");
});

test("every acknowledgement stands for a finding that is really there, and for no more than that", () => {
  const acknowledged = new Set<string>();
  const acknowledge = jest.spyOn(Validations.prototype, "acknowledge").mockImplementation((...rules) => {
    for (const { id } of rules) acknowledged.add(id);
  });
  const found = findings(ourApp());
  acknowledge.mockRestore();
  expect(found.length).toBeGreaterThan(0);
  expect([...acknowledged].toSorted()).toEqual(ruleNames(found));
});
