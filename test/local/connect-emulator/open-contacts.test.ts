import {
  type ConnectClient,
  CreateContactCommand,
  LimitExceededException,
  ServiceQuotaExceededException,
  StartEmailContactCommand,
  StartOutboundChatContactCommand,
  StartOutboundEmailContactCommand,
  StopContactCommand,
} from "@aws-sdk/client-connect";
import { describe, expect, test } from "@jest/globals";
import { aChat, aDraft, anInboundEmail, anOutboundEmail, aTask, INSTANCE_ID } from "./requests.ts";
import { startedEmulator } from "./started-emulator.ts";

const task = (client: ConnectClient) => client.send(new CreateContactCommand(aTask()));
const draft = (client: ConnectClient) => client.send(new CreateContactCommand(aDraft()));
const inbound = (client: ConnectClient) => client.send(new StartEmailContactCommand(anInboundEmail()));
const outbound = (client: ConnectClient, ContactId = "made-up") =>
  client.send(new StartOutboundEmailContactCommand(anOutboundEmail({ ContactId })));
const chat = (client: ConnectClient) => client.send(new StartOutboundChatContactCommand(aChat()));
const stop = (client: ConnectClient, ContactId: string | undefined) =>
  client.send(new StopContactCommand({ InstanceId: INSTANCE_ID, ContactId }));

describe("over the cap on open contacts", () => {
  test("a chat is refused with 429 LimitExceededException", async () => {
    const { client, emulator } = await startedEmulator({ settings: { caps: { chat: 2 } } });
    await chat(client);
    await chat(client);

    const refusal = await chat(client).catch((error: unknown) => error);

    expect(refusal).toBeInstanceOf(LimitExceededException);
    expect(refusal).toMatchObject({
      message: expect.stringContaining("open contacts"),
      $metadata: { httpStatusCode: 429 },
    });
    expect(emulator.stats().openContacts.chat).toBe(2);
  });

  test.each([
    ["StartEmailContact", inbound, { email: 0 }],
    ["StartOutboundEmailContact", outbound, { email: 0 }],
    ["CreateContact of an e-mail", draft, { email: 0 }],
    ["CreateContact of a task", task, { task: 0 }],
  ])("%s is refused with 402 ServiceQuotaExceededException", async (_operation, start, caps) => {
    const { client, emulator } = await startedEmulator({ settings: { caps } });

    const refusal = await start(client).catch((error: unknown) => error);

    expect(refusal).toBeInstanceOf(ServiceQuotaExceededException);
    expect(refusal).toMatchObject({ Reason: undefined, $metadata: { httpStatusCode: 402 } });
    expect(emulator.contacts()).toEqual([]);
  });

  test("a voice contact is not, it has no cap", async () => {
    const { client } = await startedEmulator({ settings: { caps: { chat: 0, email: 0, task: 0 } } });
    const voice = new CreateContactCommand(aTask({ Channel: "VOICE", InitiationMethod: "TRANSFER" }));

    await expect(client.send(voice)).resolves.toHaveProperty("ContactId");
  });

  test("a repeated token still brings back its contact", async () => {
    const { client, emulator } = await startedEmulator({ settings: { caps: { task: 1 } } });
    const command = new CreateContactCommand(aTask({ ClientToken: "token-1" }));

    const { ContactId } = await client.send(command);

    expect((await client.send(command)).ContactId).toBe(ContactId);
    expect(emulator.stats().openContacts.task).toBe(1);
  });

  test("the caps are those that every account starts with", async () => {
    const { client, emulator } = await startedEmulator();
    for (let made = 0; made < 500; made += 1) await chat(client);

    await expect(chat(client)).rejects.toThrow(LimitExceededException);
    expect(emulator.contacts()).toHaveLength(500);
  });
});

describe("the kinds are counted apart", () => {
  test("full e-mails do not stop tasks, chats, or the other way round", async () => {
    const { client, emulator } = await startedEmulator({ settings: { caps: { email: 1, task: 1, chat: 1 } } });

    await Promise.all([draft(client), task(client), chat(client)]);

    expect(emulator.stats().openContacts).toEqual({ chat: 1, email: 1, task: 1, voice: 0 });
    await expect(inbound(client)).rejects.toThrow(ServiceQuotaExceededException);
  });

  test("so are instances", async () => {
    const { client } = await startedEmulator({ settings: { caps: { task: 1 } } });
    await task(client);

    const elsewhere = client.send(new CreateContactCommand(aTask({ InstanceId: "other" })));

    await expect(elsewhere).resolves.toHaveProperty("ContactId");
  });
});

describe("what takes no place", () => {
  test("a task that is completed as it is made", async () => {
    const { client, emulator } = await startedEmulator({ settings: { caps: { task: 0 } } });

    await client.send(new CreateContactCommand(aTask({ InitiateAs: "COMPLETED" })));

    expect(emulator.contacts()).toEqual([expect.objectContaining({ kind: "task", open: false })]);
  });

  test("sending the draft that has its place already", async () => {
    const { client, emulator } = await startedEmulator({ settings: { caps: { email: 1 } } });
    const { ContactId } = await draft(client);

    expect((await outbound(client, ContactId)).ContactId).toBe(ContactId);
    expect(emulator.contacts().map(({ operation, contactId }) => [operation, contactId])).toEqual([
      ["CreateContact", ContactId],
      ["StartOutboundEmailContact", ContactId],
    ]);
    expect(emulator.stats().openContacts.email).toBe(1);
  });
});

describe("with knownContactsOnly StartOutboundEmailContact", () => {
  const settings = { knownContactsOnly: true };

  test("sends on a draft, and repeats under the same token", async () => {
    const { client, emulator } = await startedEmulator({ settings });
    const { ContactId } = await draft(client);
    const send = new StartOutboundEmailContactCommand(anOutboundEmail({ ContactId, ClientToken: "token-1" }));

    await client.send(send);
    await client.send(send);

    expect(emulator.contacts()[1]).toMatchObject({ operation: "StartOutboundEmailContact", timesAsked: 2 });
  });

  test("refuses a second e-mail on the same draft", async () => {
    const { client } = await startedEmulator({ settings });
    const { ContactId } = await draft(client);
    await outbound(client, ContactId);

    await expect(outbound(client, ContactId)).rejects.toMatchObject({ name: "InvalidRequestException" });
  });

  test("refuses a made-up contact, a task, and a draft that was stopped", async () => {
    const { client } = await startedEmulator({ settings });
    const { ContactId: taskId } = await task(client);
    const { ContactId: stoppedId } = await draft(client);
    await stop(client, stoppedId);

    for (const contactId of ["made-up", taskId, stoppedId]) {
      await expect(outbound(client, contactId)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    }
  });
});
