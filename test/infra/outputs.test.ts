import { expect, test } from "@jest/globals";
import * as z from "zod";
import { OPERATIONS } from "#shared/contract/operation.ts";
import { Deployment } from "./support/deployment.ts";
import { printed } from "./support/printed.ts";

const deployment = Deployment.of();
const outputsSchema = z.object({ Outputs: z.record(z.string(), z.object({ Value: z.unknown() })) });
const outputs = new Map(
  Object.entries(outputsSchema.parse(deployment.template.toJSON()).Outputs).map(([name, { Value }]) => [
    name,
    printed(Value),
  ]),
);

test.each(OPERATIONS)("the URLs of the queues of %s can be read from the stack", (operation) => {
  expect(outputs.get(`${operation}LiveQueueUrl`)).toBe(`<${deployment.laneQueue(operation, "live").logicalId}>`);
  expect(outputs.get(`${operation}BackfillQueueUrl`)).toBe(
    `<${deployment.laneQueue(operation, "backfill").logicalId}>`,
  );
  expect(outputs.get(`${operation}DeadLetterQueueUrl`)).toBe(`<${deployment.deadLetterQueue(operation).logicalId}>`);
});

test.each(OPERATIONS)("the names of the queues of %s can be read from the stack", (operation) => {
  const queues = {
    Live: deployment.laneQueue(operation, "live"),
    Backfill: deployment.laneQueue(operation, "backfill"),
    DeadLetter: deployment.deadLetterQueue(operation),
  };
  for (const [role, { logicalId }] of Object.entries(queues)) {
    expect(outputs.get(`${operation}${role}QueueName`)).toBe(`<${logicalId}.QueueName>`);
  }
});

test("the name and the ARN of the event bus can be read from the stack", () => {
  const { logicalId } = deployment.eventBus;
  expect(outputs.get("EventBusName")).toBe(`<${logicalId}>`);
  expect(outputs.get("EventBusArn")).toBe(`<${logicalId}.Arn>`);
});

test("the URL of the queue of undeliverable events can be read from the stack", () => {
  expect(outputs.get("UndeliverableEventsQueueUrl")).toBe(`<${deployment.undeliverableEvents.logicalId}>`);
});

test.each([
  ["Senders", "contact-requests-senders-eu-central-1"],
  ["Operators", "contact-requests-operators-eu-central-1"],
])("the ARN of the managed policy for %s can be read from the stack", (whom, name) => {
  const { logicalId } = deployment.one("AWS::IAM::ManagedPolicy", "ManagedPolicyName", name);
  expect(outputs.get(`${whom}PolicyArn`)).toBe(`<${logicalId}>`);
});

test.each([
  ["SettingsParameterName", "AWS::SSM::Parameter", "Name", "/contact-requests/settings"],
  ["BackfillStateMachineArn", "AWS::StepFunctions::StateMachine", "StateMachineName", "contact-requests-backfill"],
])("%s can be read from the stack", (output, type, property, name) => {
  expect(outputs.get(output)).toBe(`<${deployment.one(type, property, name).logicalId}>`);
});

test("the name of the state table can be read from the stack", () => {
  expect(outputs.get("StateTableName")).toBe(`<${deployment.stateTable.logicalId}>`);
});

test("the name of the payload bucket can be read from the stack", () => {
  expect(outputs.get("PayloadBucketName")).toBe(`<${deployment.payloadBucket.logicalId}>`);
});

test("the stack is in the account and Region of its Connect instance, under the name of the deployment", () => {
  const { stack } = Deployment.of({ prefix: "crm-eu" });
  expect([stack.stackName, stack.account, stack.region]).toEqual(["crm-eu", "123456789012", "eu-central-1"]);
});
