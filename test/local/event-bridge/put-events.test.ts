import type { PutEventsRequestEntry } from "@aws-sdk/client-eventbridge";
import { expect, test } from "@jest/globals";
import type { PutEvent } from "#local/event-bridge/event-bridge.ts";
import { anEntry, anEventSystem, put } from "./an-event-system.ts";

const id = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test("every entry that is put gets an id of its own, and is kept with its bus", async () => {
  const system = await anEventSystem();
  const { FailedEntryCount, Entries } = await put(system, anEntry(), anEntry({ EventBusName: "default" }));
  expect(FailedEntryCount).toBe(0);
  const ids = Entries?.map(({ EventId }) => EventId);
  expect(ids).toEqual([expect.stringMatching(id), expect.stringMatching(id)]);
  expect(new Set(ids).size).toBe(2);
  expect(system.system.eventBridge.events().map(({ bus, event }) => [bus, event.id])).toEqual([
    ["requests", ids?.[0]],
    ["default", ids?.[1]],
  ]);
});

test.each<[string, Partial<PutEventsRequestEntry>, string, RegExp]>([
  ["without a source", { Source: undefined }, "InvalidArgument", /Parameter Source is not valid.*required/],
  ["with AWS's source", { Source: "aws.ec2" }, "NotAuthorizedForSourceException", /Not authorized/],
  ["with too long a source", { Source: "s".repeat(257) }, "InvalidArgument", /Source has more than 256/],
  ["without a detail type", { DetailType: "" }, "InvalidArgument", /Parameter DetailType is not valid.*required/],
  ["with too long a detail type", { DetailType: "d".repeat(129) }, "InvalidArgument", /DetailType has more than 128/],
  ["without a detail", { Detail: undefined }, "InvalidArgument", /Parameter Detail is not valid.*required/],
  ["with a detail that is no JSON", { Detail: "{" }, "MalformedDetail", /Detail is malformed/],
  ["with a detail that is a list", { Detail: "[]" }, "MalformedDetail", /Detail is malformed/],
  ["with a detail that is a text", { Detail: `"x"` }, "MalformedDetail", /Detail is malformed/],
])("an entry %s fails, and the others are put", async (_case, wrong, code, message) => {
  const system = await anEventSystem();
  const { FailedEntryCount, Entries } = await put(system, anEntry(), anEntry(wrong), anEntry());
  expect(FailedEntryCount).toBe(1);
  expect(Entries).toEqual([
    { EventId: expect.stringMatching(id) },
    { ErrorCode: code, ErrorMessage: expect.stringMatching(message) },
    { EventId: expect.stringMatching(id) },
  ]);
  expect(system.system.eventBridge.events()).toHaveLength(2);
});

const sized = (bytes: number): string => {
  const frame = `{"x":""}`;
  return `{"x":"${"x".repeat(bytes - frame.length)}"}`;
};
const LIMIT = 1_048_576;
/** Source and DetailType of `anEntry`. */
const NAMES = "billing".length + "order".length;

test.each<[string, PutEventsRequestEntry[]]>([
  ["eleven entries", Array.from({ length: 11 }, () => anEntry())],
  ["an entry a byte too large", [anEntry({ Detail: sized(LIMIT - NAMES + 1) })]],
  ["an entry that a time makes too large", [anEntry({ Detail: sized(LIMIT - NAMES - 13), Time: new Date(0) })]],
  [
    "an entry that its resources make too large",
    [anEntry({ Detail: sized(LIMIT - NAMES - 3), Resources: ["é", "é"] })],
  ],
  ["entries that are too large together", [anEntry({ Detail: sized(LIMIT - 2 * NAMES - 7) }), anEntry()]],
])("%s are refused as a whole", async (_case, entries) => {
  const system = await anEventSystem();
  await expect(put(system, ...entries)).rejects.toMatchObject({
    name: "ValidationException",
    $metadata: { httpStatusCode: 400 },
  });
  expect(system.system.eventBridge.events()).toEqual([]);
});

test("ten entries, and 1 MiB to the byte, are taken", async () => {
  const system = await anEventSystem();
  const last = sized(LIMIT - 10 * NAMES - 9 * `{"id":1}`.length);
  const entries = [...Array.from({ length: 9 }, () => anEntry()), anEntry({ Detail: last })];
  expect((await put(system, ...entries)).FailedEntryCount).toBe(0);
});

test("a bus is found by its ARN, and one of another Region is not", async () => {
  const { system, ...rest } = await anEventSystem();
  const arn = (region: string) => `arn:aws:events:${region}:000000000000:event-bus/requests`;
  await put(
    { system, ...rest },
    anEntry({ EventBusName: arn("us-east-1") }),
    anEntry({ EventBusName: arn("eu-west-1") }),
  );
  expect(system.eventBridge.events().map(({ bus }) => bus)).toEqual(["requests"]);
});

test("an event for a bus that does not exist is lost with a good answer, as in AWS, and the runner says so", async () => {
  const system = await anEventSystem();
  const { FailedEntryCount } = await put(system, anEntry({ EventBusName: "nowhere" }));
  expect([FailedEntryCount, system.system.eventBridge.events()]).toEqual([0, []]);
  expect(system.notices).toEqual([expect.stringContaining("there is no event bus nowhere")]);
});

test("an event that no rule of its bus matches is told, and no other", async () => {
  const unmatched: PutEvent[] = [];
  const system = await anEventSystem({ options: { onUnmatchedEvent: (each) => unmatched.push(each) } });
  await put(system, anEntry(), anEntry({ DetailType: "odrer" }), anEntry({ EventBusName: "default" }));

  expect(unmatched).toMatchObject([
    { bus: "requests", event: { "detail-type": "odrer", source: "billing" } },
    { bus: "default", event: { "detail-type": "order", source: "billing" } },
  ]);
});
