import { CreateContactCommand, StopContactCommand } from "@aws-sdk/client-connect";
import { describe, expect, test } from "@jest/globals";
import { starts } from "./commands.ts";
import { rawCall } from "./raw-call.ts";
import { aTask, INSTANCE_ID } from "./requests.ts";
import { startedEmulator } from "./started-emulator.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe("through the SDK", () => {
  test.each(starts)("$operation answers with the id of the contact that it made", async ({ operation, start }) => {
    const { client, emulator } = await startedEmulator();

    const answer = await start(client, "token-1");

    expect(emulator.contacts()).toEqual([
      expect.objectContaining({
        operation,
        contactId: answer.ContactId,
        clientToken: "token-1",
        timesAsked: 1,
        open: true,
      }),
    ]);
  });

  test("CreateContact answers with a UUID and the contact's ARN", async () => {
    const { client } = await startedEmulator({ region: "eu-central-1", accountId: "123456789012" });

    const { ContactId, ContactArn } = await client.send(new CreateContactCommand(aTask()));

    expect(ContactId).toMatch(UUID);
    expect(ContactArn).toBe(`arn:aws:connect:eu-central-1:123456789012:instance/${INSTANCE_ID}/contact/${ContactId}`);
  });

  test("StopContact answers with an empty body that the SDK understands", async () => {
    const { client } = await startedEmulator();
    const { ContactId } = await client.send(new CreateContactCommand(aTask()));

    const { $metadata } = await client.send(new StopContactCommand({ InstanceId: INSTANCE_ID, ContactId }));

    expect($metadata).toMatchObject({ httpStatusCode: 200, requestId: expect.stringMatching(UUID) });
  });

  test("text beyond the basic plane arrives as it was sent", async () => {
    const { client, emulator } = await startedEmulator();

    await client.send(new CreateContactCommand(aTask({ Name: "您好 👩‍👩‍👧 مرحبا" })));

    expect(emulator.contacts()[0]?.input["Name"]).toBe("您好 👩‍👩‍👧 مرحبا");
  });
});

describe("as the AWS CLI and boto3 write it", () => {
  // As botocore 1.43 sends it, which both use: spaces after the separators, everything beyond ASCII escaped.
  const BOTO_BODY = `{"InstanceId": "${INSTANCE_ID}", "Channel": "TASK", "InitiationMethod": "API", "Name": "Gr\\u00fc\\u00dfe \\ud83d\\ude00", "ClientToken": "72c243ba-6315-4983-8451-d6faacc6b22d"}`;

  test("a request makes a contact", async () => {
    const { address, emulator } = await startedEmulator();

    const answer = await rawCall(address, {
      body: BOTO_BODY,
      headers: { "user-agent": "Boto3/1.43.11 md/Botocore#1.43.11", "amz-sdk-request": "attempt=1" },
    });

    expect(answer.status).toBe(200);
    expect(emulator.contacts()[0]).toMatchObject({
      clientToken: "72c243ba-6315-4983-8451-d6faacc6b22d",
      input: { Name: "Grüße 😀" },
    });
  });

  test("an error has its name in the header and its text in the member Message", async () => {
    const { address } = await startedEmulator();

    const answer = await rawCall(address, { body: "{}" });

    expect(answer).toMatchObject({ status: 400, name: "InvalidRequestException" });
    expect(JSON.parse(answer.text)).toEqual({ Message: expect.stringContaining("InstanceId is required") });
  });
});

describe("what reaches no operation", () => {
  test.each([
    ["an unknown path", { path: "/contact/nothing" }],
    ["the root", { path: "/" }],
    ["a known path under another method", { method: "POST" }],
    ["a longer path", { path: "/contact/create-contact/more" }],
  ])("%s is answered with UnknownOperationException", async (_case, call) => {
    const { address, emulator } = await startedEmulator();

    const answer = await rawCall(address, { body: JSON.stringify(aTask()), ...call });

    expect(answer).toMatchObject({ status: 404, name: "UnknownOperationException" });
    expect(emulator.stats().refusedBeforeOperation).toEqual({ UnknownOperationException: 1 });
  });

  test("a request without signature is answered with MissingAuthenticationTokenException", async () => {
    const { address, emulator } = await startedEmulator();

    const response = await fetch(`${address}/contact/create-contact`, { method: "PUT", body: JSON.stringify(aTask()) });

    expect(response.status).toBe(403);
    expect(response.headers.get("x-amzn-errortype")).toBe("MissingAuthenticationTokenException");
    expect(emulator.contacts()).toEqual([]);
  });

  test("half a signature is answered with IncompleteSignatureException", async () => {
    const { address } = await startedEmulator();

    const answer = await rawCall(address, { body: "{}", headers: { authorization: "AWS4-HMAC-SHA256 Credential=me" } });

    expect(answer).toMatchObject({ status: 400, name: "IncompleteSignatureException" });
  });

  test("a signature in the query is one", async () => {
    const { address } = await startedEmulator();

    const response = await fetch(`${address}/contact/create-contact?X-Amz-Signature=00ff`, {
      method: "PUT",
      body: JSON.stringify(aTask()),
    });

    expect(response.status).toBe(200);
  });
});
