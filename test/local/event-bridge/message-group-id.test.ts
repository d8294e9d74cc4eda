import { expect, test } from "@jest/globals";
import { received } from "../support/received.ts";
import { anEntry, anEventSystem, put } from "./an-event-system.ts";

test.each([
  ["$.source", "billing"],
  ["$.detail.customer.id", "c-9"],
  ["everybody", "everybody"],
])("the group id %s of a target is %s for the queue", async (MessageGroupId, expected) => {
  const system = await anEventSystem({ target: { SqsParameters: { MessageGroupId } } });
  await put(system, anEntry({ Detail: `{"customer":{"id":"c-9"}}` }));
  expect((await received(system, "work")).Attributes?.["MessageGroupId"]).toBe(expected);
});

test("a group id sees the event as it came, not as it is transformed", async () => {
  const target = { InputPath: "$.detail", SqsParameters: { MessageGroupId: "$.source" } };
  const system = await anEventSystem({ target });
  await put(system, anEntry());
  expect(await received(system, "work")).toMatchObject({ Body: `{"id":1}`, Attributes: { MessageGroupId: "billing" } });
});

test.each([
  ["leads nowhere", "$.detail.customer", {}],
  ["leads to no text", "$.detail.id", {}],
  ["leads to what SQS refuses", "$.source", { Source: "our billing" }],
])("an event whose group id %s is undeliverable", async (_case, MessageGroupId, entry) => {
  const system = await anEventSystem({ target: { SqsParameters: { MessageGroupId } } });
  await put(system, anEntry(entry));
  const { MessageAttributes } = await received(system, "undeliverable");
  expect(MessageAttributes?.["ERROR_CODE"]?.StringValue).toBe("INVALID_PARAMETER");
  expect(MessageAttributes?.["ERROR_MESSAGE"]?.StringValue).toContain("MessageGroupId");
});
