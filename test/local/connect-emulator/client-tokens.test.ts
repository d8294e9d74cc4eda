import { CreateContactCommand, StartOutboundChatContactCommand, StopContactCommand } from "@aws-sdk/client-connect";
import { describe, expect, test } from "@jest/globals";
import { starts } from "./commands.ts";
import { rawCall } from "./raw-call.ts";
import { aChat, aTask, INSTANCE_ID } from "./requests.ts";
import { startedEmulator } from "./started-emulator.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

describe("the same contact, which is the default", () => {
  test.each(starts)("$operation answers a repeated token with the first contact", async ({ operation, start }) => {
    const { client, emulator } = await startedEmulator();

    const first = await start(client, "token-1");
    const second = await start(client, "token-1");

    expect(second.ContactId).toBe(first.ContactId);
    expect(emulator.contacts()).toEqual([expect.objectContaining({ operation, timesAsked: 2 })]);
    expect(emulator.stats().operations).toMatchObject({ [operation]: { calls: 2, contacts: 1, repeats: 1 } });
  });

  test("even after it was stopped", async () => {
    const { client, emulator } = await startedEmulator();
    const task = new CreateContactCommand(aTask({ ClientToken: "token-1" }));

    const { ContactId } = await client.send(task);
    await client.send(new StopContactCommand({ InstanceId: INSTANCE_ID, ContactId }));

    expect((await client.send(task)).ContactId).toBe(ContactId);
    expect(emulator.contacts()).toHaveLength(1);
  });

  test("whatever the order of members, and whether the instance is an id or an ARN", async () => {
    const { client, emulator } = await startedEmulator();
    const InstanceId = `arn:aws:connect:us-east-1:000000000000:instance/${INSTANCE_ID}`;

    await client.send(new CreateContactCommand(aTask({ ClientToken: "t", Attributes: { a: "1", b: "2" } })));
    await client.send(
      new CreateContactCommand(aTask({ ClientToken: "t", Attributes: { b: "2", a: "1" }, InstanceId })),
    );

    expect(emulator.contacts()).toHaveLength(1);
  });

  test.each([
    [7 * DAY_MS - 1, 1],
    [7 * DAY_MS, 2],
  ])("for seven days: %i ms later there are %i contacts", async (laterMs, contacts) => {
    let nowMs = Date.parse("2026-11-20T09:00:00Z");
    const { client, emulator } = await startedEmulator({ now: () => nowMs });
    const task = new CreateContactCommand(aTask({ ClientToken: "token-1" }));

    await client.send(task);
    nowMs += laterMs;
    await client.send(task);

    expect(emulator.contacts()).toHaveLength(contacts);
  });

  test("a repeat does not make the window longer", async () => {
    let nowMs = 0;
    const { client, emulator } = await startedEmulator({ now: () => nowMs, settings: { tokenWindowMs: 1000 } });
    const task = new CreateContactCommand(aTask({ ClientToken: "token-1" }));

    for (const atMs of [0, 999, 1000]) {
      nowMs = atMs;
      await client.send(task);
    }

    expect(emulator.contacts().map(({ timesAsked }) => timesAsked)).toEqual([2, 1]);
  });
});

describe("other content under the same token", () => {
  test("is a 409 IdempotencyException where the operation declares it", async () => {
    const { client, emulator } = await startedEmulator();
    await client.send(new CreateContactCommand(aTask({ ClientToken: "token-1" })));

    const changed = client.send(new CreateContactCommand(aTask({ ClientToken: "token-1", Name: "Other" })));

    await expect(changed).rejects.toMatchObject({ name: "IdempotencyException", $metadata: { httpStatusCode: 409 } });
    expect(emulator.contacts()).toEqual([expect.objectContaining({ timesAsked: 1 })]);
  });

  test("is a 409 ConflictException for a chat", async () => {
    const { client } = await startedEmulator();
    await client.send(new StartOutboundChatContactCommand(aChat({ ClientToken: "token-1" })));

    const changed = client.send(
      new StartOutboundChatContactCommand(aChat({ ClientToken: "token-1", ContactFlowId: "other" })),
    );

    await expect(changed).rejects.toMatchObject({ name: "ConflictException", $metadata: { httpStatusCode: 409 } });
  });
});

describe("a token counts for one instance and one operation", () => {
  test("all four operations may use the same one", async () => {
    const { client, emulator } = await startedEmulator();

    for (const { start } of starts) await start(client, "token-1");

    expect(emulator.contacts()).toHaveLength(4);
  });

  test("so may two instances", async () => {
    const { client, emulator } = await startedEmulator();

    await client.send(new CreateContactCommand(aTask({ ClientToken: "token-1" })));
    await client.send(new CreateContactCommand(aTask({ ClientToken: "token-1", InstanceId: "other" })));

    expect(emulator.contacts()).toHaveLength(2);
  });
});

test("without a token every call makes a contact", async () => {
  const { address, emulator } = await startedEmulator();

  for (let call = 0; call < 3; call += 1) await rawCall(address, { body: JSON.stringify(aTask()) });

  expect(emulator.contacts().map(({ clientToken }) => clientToken)).toEqual([null, null, null]);
});

describe("idempotency-exception", () => {
  test.each([
    ["CreateContact", "IdempotencyException"],
    ["StartEmailContact", "IdempotencyException"],
    ["StartOutboundEmailContact", "IdempotencyException"],
    ["StartOutboundChatContact", "ConflictException"],
  ])("%s answers a repeated token with %s", async (operation, name) => {
    const { client, emulator } = await startedEmulator({ settings: { repeatedToken: "idempotency-exception" } });
    const start = starts.find((one) => one.operation === operation)?.start;

    await start?.(client, "token-1");

    await expect(start?.(client, "token-1")).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 409 } });
    expect(emulator.contacts()).toHaveLength(1);
  });
});

describe("new-contact-once-ended", () => {
  test("is the same contact while that is open, and a new one after", async () => {
    const { client, emulator } = await startedEmulator({ settings: { repeatedToken: "new-contact-once-ended" } });
    const task = new CreateContactCommand(aTask({ ClientToken: "token-1" }));

    const { ContactId } = await client.send(task);
    const whileOpen = await client.send(task);
    await client.send(new StopContactCommand({ InstanceId: INSTANCE_ID, ContactId }));
    const afterwards = await client.send(task);

    expect(whileOpen.ContactId).toBe(ContactId);
    expect(afterwards.ContactId).not.toBe(ContactId);
    expect(emulator.contacts().map(({ timesAsked }) => timesAsked)).toEqual([2, 1]);
  });
});
