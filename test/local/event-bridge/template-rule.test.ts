import { expect, test } from "@jest/globals";
import { aLocalSystem } from "../support/a-local-system.ts";
import { received } from "../support/received.ts";
import { anEntry, anEventBus, anEventSystem, put } from "./an-event-system.ts";

test("an event that no rule matches goes nowhere, and one that matches goes to the target", async () => {
  const system = await anEventSystem();
  await put(system, anEntry({ DetailType: "Contact Started" }), anEntry({ EventBusName: "default" }), anEntry());
  const { Body } = await received(system, "work");
  expect(Body).toContain(`"detail-type":"order"`);
  expect(system.system.queueDepths()).toMatchObject({ work: { visible: 0 }, undeliverable: { visible: 0 } });
});

test("a rule that is disabled matches nothing", async () => {
  const second = anEventBus().Rule;
  const resources = { Second: { ...second, Properties: { ...second.Properties, Name: "second" } } };
  const system = await anEventSystem({ rule: { State: "DISABLED" }, resources });
  await put(system, anEntry());
  await received(system, "work");
  expect(system.system.queueDepths()["work"]).toMatchObject({ visible: 0, inFlight: 1 });
});

test("references to buses and rules give what CloudFormation gives", async () => {
  const value = (...path: string[]) => ({ Value: path.length === 1 ? { Ref: path[0] } : { "Fn::GetAtt": path } });
  const { system } = await aLocalSystem({
    Resources: {
      ...anEventBus(),
      OnDefault: { Type: "AWS::Events::Rule", Properties: { Name: "d", EventPattern: { source: ["a"] } } },
    },
    Outputs: {
      Bus: value("Bus"),
      BusArn: value("Bus", "Arn"),
      Rule: value("Rule"),
      RuleArn: value("Rule", "Arn"),
      DefaultRule: value("OnDefault"),
      DefaultRuleArn: value("OnDefault", "Arn"),
    },
  });
  const events = "arn:aws:events:us-east-1:000000000000";
  expect(system.outputs).toEqual({
    Bus: "requests",
    BusArn: `${events}:event-bus/requests`,
    Rule: "requests|orders",
    RuleArn: `${events}:rule/requests/orders`,
    DefaultRule: "d",
    DefaultRuleArn: `${events}:rule/d`,
  });
});

const noQueue = "arn:aws:sqs:us-east-1:000000000000:none";

test.each<[string, Parameters<typeof anEventBus>[0], RegExp]>([
  [
    "a schedule",
    { rule: { ScheduleExpression: "rate(1 day)" } },
    /Rule \(AWS::Events::Rule\): property ScheduleExpression: .*runs no schedules/,
  ],
  ["a rule without a pattern", { rule: { EventPattern: undefined } }, /property EventPattern: a rule needs one/],
  [
    "an unknown operator",
    { rule: { EventPattern: { detail: { a: [{ like: "x" }] } } } },
    /at detail\.a: Unrecognized match type like/,
  ],
  ["a bus that is not there", { rule: { EventBusName: "x" } }, /Event bus x does not exist/],
  ["a target that is not there", { target: { Arn: noQueue } }, /there is no queue .*:none/],
  [
    "a dead-letter queue that is not there",
    { target: { DeadLetterConfig: { Arn: noQueue } } },
    /there is no queue .*:none/,
  ],
  [
    "a target that is no queue",
    { target: { Arn: "arn:aws:lambda:us-east-1:000000000000:function:f" } },
    /delivers to SQS queues only/,
  ],
  ["a target's unknown member", { target: { HttpParameters: {} } }, /HttpParameters/],
  ["a name used twice", { resources: { Again: anEventBus().Rule } }, /the rule name orders is used twice/],
])("%s in a template is an error that names it", async (_case, overrides, message) => {
  await expect(anEventSystem(overrides)).rejects.toThrow(message);
});
