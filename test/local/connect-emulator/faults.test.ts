import {
  ConnectServiceException,
  CreateContactCommand,
  StartOutboundChatContactCommand,
  StopContactCommand,
} from "@aws-sdk/client-connect";
import { describe, expect, test } from "@jest/globals";
import type { FaultName } from "#local/connect-emulator/fault-settings.ts";
import { rawCall } from "./raw-call.ts";
import { aChat, aTask, INSTANCE_ID } from "./requests.ts";
import { type StartedForTest, startedEmulator } from "./started-emulator.ts";

/** The status of success, the name of an exception, or that no answer came. */
const outcome = async ({ client }: StartedForTest, clientToken = "token-1"): Promise<string> => {
  try {
    const { $metadata } = await client.send(new CreateContactCommand(aTask({ ClientToken: clientToken })));
    return String($metadata.httpStatusCode);
  } catch (error) {
    return error instanceof ConnectServiceException ? error.name : "no answer";
  }
};

const withFault = (fault: FaultName, rule: object) => startedEmulator({ faults: { all: { [fault]: rule } } });

describe("each fault, with the contacts that exist afterwards", () => {
  test.each<[FaultName, string, number]>([
    ["connectionReset", "no answer", 0],
    ["throttled", "ThrottlingException", 0],
    ["accessDenied", "AccessDeniedException", 0],
    ["internalErrorBefore", "InternalServiceException", 0],
    ["atCapacity", "ServiceQuotaExceededException", 0],
    ["internalErrorAfter", "InternalServiceException", 1],
    ["lostAnswer", "no answer", 1],
  ])("%s: the caller sees %s, and there are %i", async (fault, seen, contacts) => {
    const started = await withFault(fault, { next: 1 });

    expect(await outcome(started)).toBe(seen);
    expect(started.emulator.contacts()).toHaveLength(contacts);
    expect(started.emulator.stats().operations.CreateContact.faults).toEqual({ [fault]: 1 });

    expect(await outcome(started)).toBe("200");
    expect(started.emulator.contacts()).toEqual([expect.objectContaining({ timesAsked: contacts + 1 })]);
  });

  test("silentAnswer: the contact is made, and the caller waits until it gives up", async () => {
    const started = await withFault("silentAnswer", { next: 1 });
    const caller = new AbortController();
    const call = started.client.send(new CreateContactCommand(aTask({ ClientToken: "token-1" })), {
      abortSignal: caller.signal,
    });
    const settled = call.then(
      () => "answered",
      (error: Error) => error.name,
    );

    await untilTrue(() => started.emulator.contacts().length === 1);
    expect(await Promise.race([settled, rawCall(started.address, { body: "{}" })])).toMatchObject({ status: 400 });
    caller.abort();

    expect(await settled).toBe("AbortError");
    expect(started.emulator.stats().operations.CreateContact.answers).toEqual({ none: 1, InvalidRequestException: 1 });
    expect(await outcome(started)).toBe("200");
  });

  test.each<FaultName>(["delayBefore", "delayAfter"])(
    "%s: the answer takes at least the time that was drawn",
    async (fault) => {
      const started = await withFault(fault, { next: 1, minMs: 60, maxMs: 80 });

      const fromMs = performance.now();
      expect(await outcome(started)).toBe("200");

      // Timers may fire a millisecond early by this clock.
      expect(performance.now() - fromMs).toBeGreaterThanOrEqual(58);
    },
  );

  test("delayBefore: a caller that gives up meanwhile stops nothing", async () => {
    const started = await withFault("delayBefore", { next: 1, minMs: 50, maxMs: 50 });
    const caller = new AbortController();
    const call = started.client.send(new CreateContactCommand(aTask()), { abortSignal: caller.signal });
    await untilTrue(() => started.emulator.stats().operations.CreateContact.faults.delayBefore === 1);
    expect(started.emulator.contacts()).toHaveLength(0);
    caller.abort();

    await expect(call).rejects.toMatchObject({ name: "AbortError" });
    await untilTrue(() => started.emulator.contacts().length === 1);
  });

  test("delayAfter: the contact is there while its answer is still on the way", async () => {
    const started = await withFault("delayAfter", { next: 1, minMs: 200, maxMs: 200 });
    let isAnswered = false;
    const call = outcome(started).finally(() => {
      isAnswered = true;
    });

    await untilTrue(() => started.emulator.contacts().length === 1);

    expect(isAnswered).toBe(false);
    expect(await call).toBe("200");
  });
});

describe("atCapacity", () => {
  test("can be about attached files", async () => {
    const { client } = await withFault("atCapacity", { next: 1, reason: "TOTAL_FILE_SIZE_EXCEEDED" });

    await expect(client.send(new CreateContactCommand(aTask()))).rejects.toMatchObject({
      name: "ServiceQuotaExceededException",
      Reason: { AttachedFileServiceQuotaExceededExceptionReason: "TOTAL_FILE_SIZE_EXCEEDED" },
      $metadata: { httpStatusCode: 402 },
    });
  });

  test("is a 429 LimitExceededException for a chat", async () => {
    const { client } = await withFault("atCapacity", { next: 1 });

    await expect(client.send(new StartOutboundChatContactCommand(aChat()))).rejects.toMatchObject({
      name: "LimitExceededException",
      $metadata: { httpStatusCode: 429 },
    });
  });

  test("never strikes StopContact", async () => {
    const { client } = await withFault("atCapacity", { every: 2 });
    const { ContactId } = await client.send(new CreateContactCommand(aTask()));

    const { $metadata } = await client.send(new StopContactCommand({ InstanceId: INSTANCE_ID, ContactId }));

    expect($metadata.httpStatusCode).toBe(200);
  });
});

describe("when a fault strikes", () => {
  test("every third call, with { every: 3 }", async () => {
    const started = await withFault("throttled", { every: 3 });

    const outcomes = [];
    for (let call = 0; call < 9; call += 1) outcomes.push((await outcome(started)) === "200");

    expect(outcomes).toEqual([true, true, false, true, true, false, true, true, false]);
  });

  test("the next two calls, with { next: 2 }", async () => {
    const started = await withFault("throttled", { next: 2 });

    const outcomes = [];
    for (let call = 0; call < 4; call += 1) outcomes.push((await outcome(started)) === "200");

    expect(outcomes).toEqual([false, false, true, true]);
  });

  test.each([
    [0, 0],
    [1, 200],
  ])("never or always, with { probability: %i }", async (probability, struck) => {
    const started = await withFault("throttled", { probability });

    for (let call = 0; call < 200; call += 1) await outcome(started);

    expect(started.emulator.stats().operations.CreateContact.faults.throttled ?? 0).toBe(struck);
  });

  test("about as often as the probability says", async () => {
    const started = await withFault("throttled", { probability: 0.3 });

    for (let call = 0; call < 500; call += 1) await outcome(started);

    const struck = started.emulator.stats().operations.CreateContact.faults.throttled ?? 0;
    expect(struck).toBeGreaterThan(110);
    expect(struck).toBeLessThan(190);
  });

  test.each<[FaultName, string]>([
    ["lostAnswer", "no answer"],
    ["internalErrorAfter", "InternalServiceException"],
  ])("calls that it could not strike do not count: %s waits for something that was done", async (fault, seen) => {
    const started = await withFault(fault, { next: 1 });

    await rawCall(started.address, { body: "{}" });
    await rawCall(started.address, { body: JSON.stringify(aTask({ Channel: "CHAT" })) });

    expect(await outcome(started)).toBe(seen);
  });

  test("an operation's own rule replaces the one for all", async () => {
    const started = await startedEmulator({
      faults: { all: { throttled: { probability: 1 } }, CreateContact: { throttled: { probability: 0 } } },
    });

    expect(await outcome(started)).toBe("200");
    await expect(started.client.send(new StartOutboundChatContactCommand(aChat()))).rejects.toMatchObject({
      name: "ThrottlingException",
    });
  });
});

/** Waits for a fact that another turn of the event loop brings about. The test's own timeout ends it. */
async function untilTrue(fact: () => boolean): Promise<void> {
  while (!fact()) await new Promise((resolve) => setImmediate(resolve));
}
