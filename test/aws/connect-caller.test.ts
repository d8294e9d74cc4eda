import { ConnectClient, CreateContactCommand, StopContactCommand } from "@aws-sdk/client-connect";
import { afterEach, describe, expect, test } from "@jest/globals";
import { ConnectCaller } from "#shared/aws/connect-caller.ts";
import type { CallAnswer } from "#shared/worker/ports/connect.ts";
import { aTaskRequest } from "#test/support/a-contact-request.ts";
import { AN_INSTANCE } from "#test/support/a-worker.ts";
import { aRoteServer, clientFor, type HttpAnswer, type RoteServer } from "#test/support/http-answers.ts";

let server: RoteServer | undefined;

afterEach(async () => {
  await server?.stop();
});

const CALL = {
  api: "CreateContact",
  input: { ...aTaskRequest().input, InstanceId: AN_INSTANCE.id, ClientToken: "token" },
} as const;

const refused = (name: string, status: number, more: object = {}): HttpAnswer => ({
  status,
  headers: { "x-amzn-errortype": name, "x-amzn-requestid": "request-1", "content-type": "application/json" },
  body: JSON.stringify({ Message: "No.", message: "No.", ...more }),
});

async function aCaller(answer: HttpAnswer) {
  server = await aRoteServer([answer]);
  const client = new ConnectClient({ ...clientFor(server), maxAttempts: 1 });
  const caller = new ConnectCaller(client, {
    CreateContact: async (connect, input, options) => await connect.send(new CreateContactCommand(input), options),
    StopContact: async (connect, input, options) => await connect.send(new StopContactCommand(input), options),
  });
  return { caller, server };
}

async function answerTo(answer: HttpAnswer, timeoutMs = 5_000): Promise<{ answer: CallAnswer; calls: number }> {
  const { caller, server: connect } = await aCaller(answer);
  return { answer: await caller.call(CALL, timeoutMs), calls: connect.requests.length };
}

describe("one call to Connect", () => {
  test("gives the contact's id", async () => {
    const { answer } = await answerTo({ status: 200, body: '{"ContactId":"contact-1"}' });
    expect(answer).toEqual({ kind: "started", contactId: "contact-1" });
  });

  test.each([["{}"], ['{"ContactId":""}'], ['{"ContactId":5}']])(
    "that is answered with %s proves no contact",
    async (body) => {
      const { answer } = await answerTo({ status: 200, body });
      expect(answer).toEqual({ kind: "failed", failure: { name: "AnswerWithoutContactId", status: 200 } });
    },
  );

  test.each([
    ["ThrottlingException", 429],
    ["InternalServiceException", 500],
    ["ServiceUnavailable", 503],
  ])("is one request, whatever the answer: %s is not retried behind the rate limiter's back", async (name, status) => {
    const { answer, calls } = await answerTo(refused(name, status));
    expect(calls).toBe(1);
    expect(answer).toMatchObject({ kind: "failed", failure: { name, status, awsRequestId: "request-1", text: "No." } });
  });

  test("that attached files are the reason for a refusal is read", async () => {
    const Reason = { AttachedFileServiceQuotaExceededExceptionReason: "TOTAL_FILE_SIZE_EXCEEDED" };
    const { answer } = await answerTo(refused("ServiceQuotaExceededException", 402, { Reason }));
    expect(answer).toMatchObject({ failure: { status: 402, attachedFileReason: "TOTAL_FILE_SIZE_EXCEEDED" } });
  });

  test("that has no answer in time has no status", async () => {
    const { answer } = await answerTo("hang", 100);
    expect(answer).toMatchObject({
      kind: "failed",
      failure: { name: expect.stringMatching(/^(Abort|Timeout)Error$/) },
    });
    expect(answer).not.toHaveProperty("failure.status");
  });

  test("whose connection breaks has no status", async () => {
    const { answer } = await answerTo("break");
    expect(answer.kind).toBe("failed");
    expect(answer).not.toHaveProperty("failure.status");
  });

  test("for which this worker has no command is a bug", async () => {
    const caller = new ConnectCaller(new ConnectClient({}), {});
    await expect(caller.call(CALL, 1_000)).rejects.toThrow("This worker was not given the command of CreateContact.");
    const contact = { instanceId: "instance-1", contactId: "contact-1" };
    await expect(caller.stop(contact, 1_000)).rejects.toThrow("This worker was not given the command of StopContact.");
  });

  test("names an exception only by what looks like a name", async () => {
    const { answer } = await answerTo(refused("ada@example.com", 400));
    expect(answer).toMatchObject({ failure: { name: "UnknownError" } });
  });
});

describe("ending a contact", () => {
  const CONTACT = { instanceId: "instance-1", contactId: "contact-1" };

  test("is one request for that contact", async () => {
    const { caller, server: connect } = await aCaller({ status: 200, body: "{}" });
    expect(await caller.stop(CONTACT, 5_000)).toEqual({ kind: "ended" });
    expect(connect.requests.map(({ url, body }) => [url, JSON.parse(body)])).toEqual([
      ["/contact/stop", { InstanceId: "instance-1", ContactId: "contact-1" }],
    ]);
  });

  test("that Connect refuses says how", async () => {
    const { caller } = await aCaller(refused("ContactNotFoundException", 410));
    const failure = { name: "ContactNotFoundException", status: 410 };
    expect(await caller.stop(CONTACT, 5_000)).toMatchObject({ kind: "failed", failure });
  });

  test("that is not answered in time has no status", async () => {
    const { caller } = await aCaller("hang");
    const answer = await caller.stop(CONTACT, 100);
    expect(answer.kind).toBe("failed");
    expect(answer).not.toHaveProperty("failure.status");
  });
});
