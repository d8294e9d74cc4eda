import {
  type ConnectClient,
  CreateContactCommand,
  ServiceQuotaExceededException,
  StopContactCommand,
} from "@aws-sdk/client-connect";
import { describe, expect, test } from "@jest/globals";
import { aTask, INSTANCE_ID } from "./requests.ts";
import { startedEmulator } from "./started-emulator.ts";

const task = (client: ConnectClient) => client.send(new CreateContactCommand(aTask()));
const stop = (client: ConnectClient, ContactId: string | undefined) =>
  client.send(new StopContactCommand({ InstanceId: INSTANCE_ID, ContactId }));

describe("StopContact", () => {
  test("ends the contact and frees its place", async () => {
    const { client, emulator } = await startedEmulator({ settings: { caps: { task: 1 } } });
    const { ContactId } = await task(client);
    await expect(task(client)).rejects.toThrow(ServiceQuotaExceededException);

    await stop(client, ContactId);

    await expect(task(client)).resolves.toHaveProperty("ContactId");
    expect(emulator.contacts().map(({ open }) => open)).toEqual([false, true]);
  });

  test("twice frees one place", async () => {
    const { client, emulator } = await startedEmulator();
    const { ContactId } = await task(client);
    await task(client);

    await stop(client, ContactId);
    await stop(client, ContactId);

    expect(emulator.stats().openContacts.task).toBe(1);
  });

  test.each([
    ["that does not exist", { InstanceId: INSTANCE_ID, ContactId: "nobody" }],
    ["of another instance", { InstanceId: "other", ContactId: undefined }],
  ])("of a contact %s is answered with 410 ContactNotFoundException", async (_case, input) => {
    const { client, emulator } = await startedEmulator();
    const { ContactId } = await task(client);

    const refusal = client.send(new StopContactCommand({ ...input, ContactId: input.ContactId ?? ContactId }));

    await expect(refusal).rejects.toMatchObject({
      name: "ContactNotFoundException",
      $metadata: { httpStatusCode: 410 },
    });
    expect(emulator.stats().openContacts.task).toBe(1);
  });

  test("of a voice contact works once", async () => {
    const { client } = await startedEmulator();
    const { ContactId } = await client.send(
      new CreateContactCommand(aTask({ Channel: "VOICE", InitiationMethod: "TRANSFER" })),
    );

    await stop(client, ContactId);

    await expect(stop(client, ContactId)).rejects.toMatchObject({ name: "ContactNotFoundException" });
  });
});
