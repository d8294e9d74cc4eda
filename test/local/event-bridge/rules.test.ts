import {
  CreateEventBusCommand,
  DeleteEventBusCommand,
  DeleteRuleCommand,
  DescribeEventBusCommand,
  DescribeRuleCommand,
  ListEventBusesCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  TestEventPatternCommand,
} from "@aws-sdk/client-eventbridge";
import { expect, test } from "@jest/globals";
import { received } from "../support/received.ts";
import { anEntry, anEventSystem, put } from "./an-event-system.ts";

const workArn = "arn:aws:sqs:us-east-1:000000000000:work";
const started = { Name: "started", EventBusName: "requests", EventPattern: `{"detail-type":["Contact Started"]}` };
const ofStarted = { Rule: "started", EventBusName: "requests" };

test("a rule that a client puts on the template's bus sends what it matches to its target", async () => {
  const system = await anEventSystem();
  const { RuleArn } = await system.events.send(new PutRuleCommand(started));
  expect(RuleArn).toBe("arn:aws:events:us-east-1:000000000000:rule/requests/started");
  const target = { Id: "queue", Arn: workArn, InputPath: "$.detail.contactId" };
  const answer = await system.events.send(new PutTargetsCommand({ ...ofStarted, Targets: [target] }));
  expect(answer).toMatchObject({ FailedEntryCount: 0, FailedEntries: [] });
  await put(system, anEntry({ DetailType: "Contact Started", Detail: `{"contactId":"c-1"}` }));
  expect((await received(system, "work")).Body).toBe(`"c-1"`);
});

test("what clients have put can be listed and described", async () => {
  const { events } = await anEventSystem();
  const { EventBusArn } = await events.send(new CreateEventBusCommand({ Name: "mine" }));
  expect(EventBusArn).toBe("arn:aws:events:us-east-1:000000000000:event-bus/mine");
  expect(await events.send(new DescribeEventBusCommand({ Name: "mine" }))).toMatchObject({ Arn: EventBusArn });
  const { EventBuses } = await events.send(new ListEventBusesCommand({}));
  expect(EventBuses?.map(({ Name }) => Name)).toEqual(["default", "requests", "mine"]);

  await events.send(new PutRuleCommand({ ...started, State: "DISABLED", Description: "d" }));
  const { Rules } = await events.send(new ListRulesCommand({ EventBusName: "requests", NamePrefix: "start" }));
  const shown = {
    ...started,
    State: "DISABLED",
    Description: "d",
    Arn: expect.stringContaining("rule/requests/started"),
  };
  expect(Rules).toEqual([shown]);
  const described = await events.send(new DescribeRuleCommand({ Name: "started", EventBusName: "requests" }));
  expect(described).toMatchObject(shown);

  const target = { Id: "queue", Arn: workArn, SqsParameters: { MessageGroupId: "$.source" } };
  await events.send(new PutTargetsCommand({ ...ofStarted, Targets: [target] }));
  const { Targets } = await events.send(new ListTargetsByRuleCommand(ofStarted));
  expect(Targets).toEqual([target]);
});

test("putting a rule again changes its pattern and keeps its targets", async () => {
  const system = await anEventSystem();
  const pattern = { Name: "orders", EventBusName: "requests", EventPattern: `{"detail-type":["parcel"]}` };
  await system.events.send(new PutRuleCommand(pattern));
  await put(system, anEntry(), anEntry({ DetailType: "parcel", Detail: `{"id":2}` }));
  expect((await received(system, "work")).Body).toContain(`"detail":{"id":2}`);
});

test("a rule goes after its targets, and a bus after its rules", async () => {
  const { events } = await anEventSystem();
  const rule = { Name: "orders", EventBusName: "requests" };
  await expect(events.send(new DeleteRuleCommand(rule))).rejects.toThrow("Rule can't be deleted since it has targets.");
  const ids = { Rule: "orders", EventBusName: "requests", Ids: ["Target0", "none"] };
  const removed = await events.send(new RemoveTargetsCommand(ids));
  expect(removed).toMatchObject({ FailedEntryCount: 1, FailedEntries: [{ TargetId: "none" }] });
  const bus = { Name: "requests" };
  await expect(events.send(new DeleteEventBusCommand(bus))).rejects.toThrow("can't be deleted since it has rules");
  await events.send(new DeleteRuleCommand(rule));
  await events.send(new DeleteRuleCommand(rule));
  await events.send(new DeleteEventBusCommand(bus));
  await expect(events.send(new DescribeEventBusCommand(bus))).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
  await expect(events.send(new DeleteEventBusCommand({ Name: "default" }))).rejects.toThrow(/Cannot delete/);
});

const lambdaArn = "arn:aws:lambda:us-east-1:000000000000:function:f";
const six = Array.from({ length: 6 }, (_, index) => ({ Id: String(index), Arn: workArn }));

test.each<[string, string, object, string, RegExp]>([
  [
    "a pattern not understood",
    "PutRule",
    { ...started, EventPattern: `{"a":[{"regex":"b"}]}` },
    "InvalidEventPatternException",
    /match type regex/,
  ],
  [
    "a pattern that is no JSON",
    "PutRule",
    { ...started, EventPattern: "{" },
    "InvalidEventPatternException",
    /Invalid JSON/,
  ],
  [
    "a schedule",
    "PutRule",
    { Name: "s", ScheduleExpression: "rate(1 day)" },
    "ValidationException",
    /runs no schedules/,
  ],
  [
    "neither pattern nor schedule",
    "PutRule",
    { Name: "s" },
    "ValidationException",
    /EventPattern or ScheduleExpression/,
  ],
  [
    "a bus that is not there",
    "PutRule",
    { ...started, EventBusName: "x" },
    "ResourceNotFoundException",
    /Event bus x does not exist/,
  ],
  [
    "a rule that is not there",
    "PutTargets",
    { Rule: "x", Targets: [{ Id: "1", Arn: workArn }] },
    "ResourceNotFoundException",
    /Rule x does not exist on EventBus default/,
  ],
  [
    "a target that is no queue",
    "PutTargets",
    { ...ofStarted, Rule: "orders", Targets: [{ Id: "1", Arn: lambdaArn }] },
    "ValidationException",
    /delivers to SQS queues only/,
  ],
  [
    "a target with what is not run",
    "PutTargets",
    { ...ofStarted, Rule: "orders", Targets: [{ Id: "1", Arn: workArn, EcsParameters: {} }] },
    "ValidationException",
    /EcsParameters/,
  ],
  [
    "more than five targets",
    "PutTargets",
    { ...ofStarted, Rule: "orders", Targets: six },
    "LimitExceededException",
    /more than 5 targets/,
  ],
  ["a bus that is there", "CreateEventBus", { Name: "requests" }, "ResourceAlreadyExistsException", /already exists/],
  ["no entries", "PutEvents", { Entries: [] }, "ValidationException", /Entries/],
  [
    "an operation not served",
    "PutPermission",
    {},
    "UnknownOperationException",
    /does not serve PutPermission.*PutEvents/,
  ],
])("%s is refused", async (_case, operation, input, type, message) => {
  const { system } = await anEventSystem();
  const response = await fetch(system.endpoint, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `AWSEvents.${operation}`,
      authorization:
        "AWS4-HMAC-SHA256 Credential=key/20261120/us-east-1/events/aws4_request, SignedHeaders=host, Signature=0",
    },
    body: JSON.stringify(input),
  });
  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({ __type: type, message: expect.stringMatching(message) });
});

test.each([
  [`{"a":["b"]}`, `{"a":"b"}`, true],
  [`{"a":["b"]}`, `{"a":"c"}`, false],
])("a pattern can be tried out: %s on %s", async (EventPattern, Event, Result) => {
  const { events } = await anEventSystem();
  expect(await events.send(new TestEventPatternCommand({ EventPattern, Event }))).toMatchObject({ Result });
});
