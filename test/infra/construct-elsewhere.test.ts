import { describe, expect, test } from "@jest/globals";
import { Stack } from "aws-cdk-lib";
import { ContactRequests } from "#infra/constructs/contact-requests.ts";
import { ContactRequestsStack } from "#infra/contact-requests-stack.ts";
import { OPERATIONS } from "#shared/contract/operation.ts";
import { anApp } from "./support/an-app.ts";
import { Deployment } from "./support/deployment.ts";
import { INSTANCE } from "./support/instances.ts";
import { printed } from "./support/printed.ts";
import { STUB_BUNDLES } from "./support/stub-bundles.ts";

describe("in a stack that does not say where it is deployed", () => {
  const deployment = Deployment.inStackWithoutPlace();

  test("nothing refers to an account or Region but the Connect instance itself", () => {
    const text = JSON.stringify(deployment.template.toJSON()).replaceAll(/arn:aws:connect:[^"\\]*/g, "");
    expect(text).not.toMatch(/\b\d{12}\b|eu-central-1/);
  });

  test.each(OPERATIONS)(
    "the dead-letter queue of %s names its live queue in the account and Region to come",
    (each) => {
      const { sourceQueueArns } = Object(deployment.deadLetterQueue(each).Properties["RedriveAllowPolicy"]);
      expect(printed(sourceQueueArns[0])).toBe(
        `arn:<AWS::Partition>:sqs:<AWS::Region>:<AWS::AccountId>:contact-requests-${each}-live`,
      );
    },
  );
});

const construct = (settings: unknown, bundles = STUB_BUNDLES) => {
  const stack = new Stack(anApp(), "Elsewhere", { env: { account: "123456789012", region: "us-west-2" } });
  // Other apps may be written in JavaScript, where nothing checks the types.
  const props = { settings, bundles } as ConstructorParameters<typeof ContactRequests>[2];
  return () => new ContactRequests(stack, "Requests", props);
};

test("in a stack of another Region than the instance's it throws, and names both", () => {
  expect(construct({ connectInstanceArns: [INSTANCE] })).toThrow(
    "The stack is for us-west-2, and the Connect instance is in eu-central-1. Deploy to the instance's Region: its API answers nowhere else.",
  );
});

test("in a stack of another account than the instance's it throws, and names both", () => {
  const arn = INSTANCE.replace("eu-central-1", "us-west-2").replace("123456789012", "210987654321");
  expect(construct({ connectInstanceArns: [arn] })).toThrow(
    "The stack is for the account 123456789012, and the Connect instance is in 210987654321. Deploy to the instance's account: it lets no other in.",
  );
});

test("wrong settings throw, all at once, each with a line of its own, and how to give settings", () => {
  expect(construct({ connectInstanceArns: ["nope"], batchSize: 11 })).toThrow(
    [
      "The settings are wrong.",
      "  connectInstanceArns[0] must be the ARN of a Connect instance: arn:aws:connect:REGION:ACCOUNT:instance/ID.",
      '  batchSize must be a whole number from 1 to 10, as in {"batchSize":10}.',
      "Give settings as a JSON file with -c settings=FILE, or one instance with -c connectInstanceArn=ARN.",
    ].join("\n"),
  );
});

test("a bundle that is missing throws, and is named", () => {
  const { "create-contact": _missing, ...others } = STUB_BUNDLES;
  const arn = INSTANCE.replace("eu-central-1", "us-west-2");
  expect(construct({ connectInstanceArns: [arn] }, others)).toThrow("There is no bundle for create-contact");
});

test("the longest prefix gives names that Lambda and SQS take", () => {
  const settings = { connectInstanceArns: [INSTANCE], prefix: "a".repeat(38) };
  expect(() => new ContactRequestsStack(anApp(), "Stack", { settings, bundles: STUB_BUNDLES })).not.toThrow();
});
