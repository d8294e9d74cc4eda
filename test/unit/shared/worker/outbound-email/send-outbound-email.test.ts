import { describe, expect, test } from "@jest/globals";
import { clientToken } from "#shared/client-token.ts";
import { handleDelivery } from "#shared/worker/handle-delivery.ts";
import type { CallAnswer } from "#shared/worker/ports/connect.ts";
import type { Worker } from "#shared/worker/worker.ts";
import { anOutboundEmailRequest } from "#test/support/a-contact-request.ts";
import { aDelivery } from "#test/support/a-delivery.ts";
import { AN_INSTANCE, aWorker, ENDED, refusal, type WorkerOnTheBench } from "#test/support/a-worker.ts";

const IN_A_MINUTE = 60_000;
const ACKNOWLEDGED = { kind: "acknowledge" };
const REQUEST = anOutboundEmailRequest();
const DRAFT: CallAnswer = { kind: "started", contactId: "draft-1" };
const EMAIL: CallAnswer = { kind: "started", contactId: "email-1" };
const REFUSED = refusal("InvalidRequestException", 400);
const DENIED = refusal("AccessDeniedException", 403);

const bench = (scenario: Parameters<typeof aWorker>[0] = {}) => aWorker({ operation: "OutboundEmail", ...scenario });

const handle = async ({ worker, clock }: WorkerOnTheBench, more: Partial<Worker> = {}, request: object = REQUEST) =>
  await handleDelivery(aDelivery({ request }), clock.now() + IN_A_MINUTE, { ...worker, ...more });

/** Lets time go by until the message will be stale in so long. */
function passUntilStale({ clock, worker: { settings } }: WorkerOnTheBench, leftMs = 0): void {
  clock.advance(aDelivery().sentAtMs + settings.queueRetentionMs - settings.staleMarginMs - leftMs - clock.now());
}

const COULD_NOT_BE_ENDED = expect.objectContaining({
  text: "Draft could not be ended",
  level: "error",
  contactId: "draft-1",
});

const tokenOf = (operation: string) =>
  clientToken({ instanceId: AN_INSTANCE.id, operation, requestId: REQUEST.requestId });

describe("an outbound e-mail", () => {
  test("is made of the two parts of its request, on one instance, each under a token of its own", async () => {
    const scene = bench({ answers: [DRAFT, EMAIL] });
    expect(await handle(scene)).toEqual(ACKNOWLEDGED);
    expect(scene.calls).toEqual([
      {
        api: "CreateContact",
        input: {
          ...REQUEST.input.CreateContact,
          InstanceId: AN_INSTANCE.id,
          ClientToken: tokenOf("OutboundEmail/CreateContact"),
        },
      },
      {
        api: "StartOutboundEmailContact",
        input: {
          ...REQUEST.input.StartOutboundEmailContact,
          ContactId: "draft-1",
          InstanceId: AN_INSTANCE.id,
          ClientToken: tokenOf("OutboundEmail/StartOutboundEmailContact"),
        },
      },
    ]);
  });

  test("takes a slot of each bucket that it draws on, the draft as an e-mail", async () => {
    const scene = bench({ answers: [DRAFT, REFUSED] });
    await handle(scene);
    expect(scene.slotRequests.map(({ api, channel }) => [api, channel])).toEqual([
      ["CreateContact", "EMAIL"],
      ["StartOutboundEmailContact", undefined],
      ["StopContact", undefined],
    ]);
    expect(scene.reports).toEqual(["accepted", "other", "accepted"]);
    expect(scene.stops).toEqual([{ instanceId: AN_INSTANCE.id, contactId: "draft-1" }]);
  });

  test("is told as one outcome, with both contacts, and again with both when its message is repeated", async () => {
    const scene = bench({ answers: [DRAFT, EMAIL] });
    await handle(scene);
    await handle(scene);
    const contactIds = { CreateContact: "draft-1", StartOutboundEmailContact: "email-1" };
    const told = { operation: "OutboundEmail", contactId: "email-1", contactIds, attempts: 1 };
    expect(scene.outcomes).toMatchObject([
      { detailType: "Contact Started", detail: { ...told, repeated: false } },
      { detailType: "Contact Started", detail: { ...told, repeated: true } },
    ]);
    expect(scene.calls).toHaveLength(2);
  });

  test("whose first call failed tells which one it was", async () => {
    const scene = bench({ answers: [DENIED] });
    await handle(scene);
    expect(scene.notes).toMatchObject([
      { text: "Call failed", operation: "OutboundEmail", api: "CreateContact", code: "AccessDeniedException" },
      { text: "Contact request returned to the queue" },
    ]);
  });
});

describe("a draft", () => {
  test("is not made while what follows it is paused", async () => {
    const scene = bench();
    const untilMs = scene.clock.now() + 90_000;
    const asked: string[] = [];
    const pausedUntil: Worker["rateLimiter"]["pausedUntil"] = async ({ api }) => {
      asked.push(api);
      return untilMs;
    };
    const rateLimiter = { ...scene.worker.rateLimiter, pausedUntil };
    expect(await handle(scene, { rateLimiter })).toEqual({ kind: "return", delayMs: 90_000 });
    expect([asked, scene.slotRequests, scene.calls]).toEqual([["StartOutboundEmailContact"], [], []]);
  });

  test("that is made waits in its message for a slot to send on it, and is not made again", async () => {
    const scene = bench({ answers: [DRAFT, EMAIL], slots: ["granted", "none-in-time", "granted"] });
    expect(await handle(scene)).toEqual({ kind: "return", delayMs: 0 });
    expect(await handle(scene)).toEqual(ACKNOWLEDGED);
    expect(scene.calls.map(({ api }) => api)).toEqual(["CreateContact", "StartOutboundEmailContact"]);
  });

  test("waits for the hours in which its e-mail may be sent", async () => {
    const sendingHours = { from: "08:00", to: "12:01", timeZone: "UTC" };
    const request = anOutboundEmailRequest({ sendingHours });
    const scene = bench({ answers: [DRAFT, EMAIL] });
    const takeSlot: Worker["rateLimiter"]["takeSlot"] = async (slot) => {
      const answer = await scene.worker.rateLimiter.takeSlot(slot);
      if (slot.api === "StartOutboundEmailContact") scene.clock.advance(2 * IN_A_MINUTE);
      return answer;
    };
    const rateLimiter = { ...scene.worker.rateLimiter, takeSlot };
    const deadlineMs = scene.clock.now() + 10 * IN_A_MINUTE;
    const worker = { ...scene.worker, rateLimiter };
    expect(await handleDelivery(aDelivery({ request }), deadlineMs, worker)).toMatchObject({ kind: "return" });
    expect(scene.calls.map(({ api }) => api)).toEqual(["CreateContact"]);
  });

  test("that cannot be ended brings its message back, before any dead letter", async () => {
    const scene = bench({ answers: [DRAFT, REFUSED], stopAnswers: [DENIED] });
    expect(await handle(scene)).toEqual({ kind: "return", delayMs: 2_500 });
    expect(scene.letters).toEqual([]);
    expect(scene.reports).toEqual(["accepted", "other", "denied"]);
  });

  test.each([
    ["no slot", "none-in-time", 0],
    ["a pause", "paused", 60_000],
  ] as const)("that cannot be ended for %s brings its message back", async (_why, kind, delayMs) => {
    const scene = bench({ answers: [DRAFT, REFUSED], slots: ["granted", "granted", kind] });
    expect(await handle(scene)).toEqual({ kind: "return", delayMs });
    expect([scene.stops, scene.letters]).toEqual([[], []]);
  });

  test("that another message has given up is ended before the next one is made, should that message never do it", async () => {
    const scene = bench({
      answers: [DRAFT, REFUSED, { ...DRAFT, contactId: "draft-2" }, EMAIL],
      stopAnswers: [DENIED, ENDED],
    });
    await handle(scene);
    const again = aDelivery({ request: REQUEST, messageId: "redriven" });
    expect(await handleDelivery(again, scene.clock.now() + IN_A_MINUTE, scene.worker)).toEqual(ACKNOWLEDGED);
    expect(scene.stops.map(({ contactId }) => contactId)).toEqual(["draft-1", "draft-1"]);
    expect(scene.calls.map(({ api }) => api)).toEqual([
      "CreateContact",
      "StartOutboundEmailContact",
      "CreateContact",
      "StartOutboundEmailContact",
    ]);
    expect(scene.slotRequests.map(({ api }) => api).slice(2, 5)).toEqual([
      "StopContact",
      "StopContact",
      "CreateContact",
    ]);
  });

  test("that was ended before a crash is not ended again", async () => {
    const scene = bench({ answers: [DRAFT, REFUSED] });
    const deadLetters = { send: () => Promise.reject(new Error("no queue")) };
    await handle(scene, { deadLetters });
    expect(await handle(scene)).toEqual(ACKNOWLEDGED);
    expect(scene.stops).toHaveLength(1);
    expect(scene.letters).toHaveLength(1);
  });

  test("that cannot be ended is left before SQS deletes its message, and the dead letter says that there is a contact", async () => {
    const scene = bench({ answers: [DRAFT, REFUSED], stopAnswers: [DENIED] });
    await handle(scene);
    passUntilStale(scene);
    expect(await handle(scene)).toEqual(ACKNOWLEDGED);
    expect(scene.stops).toHaveLength(2);
    expect(scene.letters.map(({ report }) => report)).toMatchObject([
      { failure: { code: "InvalidRequestException" }, contact: "unknown" },
    ]);
    expect(scene.notes).toContainEqual(COULD_NOT_BE_ENDED);
  });

  test("that can be ended in the last moments of its message is ended", async () => {
    const scene = bench({ answers: [DRAFT, REFUSED], stopAnswers: [DENIED, ENDED] });
    await handle(scene);
    passUntilStale(scene);
    expect(await handle(scene)).toEqual(ACKNOWLEDGED);
    expect(scene.letters.map(({ report }) => report.contact)).toEqual(["none"]);
    expect(scene.notes).toContainEqual(expect.objectContaining({ text: "Draft ended", contactId: "draft-1" }));
  });

  test("that Connect refuses to end is left, and the dead letter says that there is a contact", async () => {
    const scene = bench({ answers: [DRAFT, REFUSED], stopAnswers: [REFUSED] });
    expect(await handle(scene)).toEqual(ACKNOWLEDGED);
    expect(scene.letters.map(({ report }) => report.contact)).toEqual(["unknown"]);
    expect(scene.notes).toContainEqual(COULD_NOT_BE_ENDED);
    expect(scene.notes).toContainEqual(
      expect.objectContaining({ text: "Call failed", api: "StopContact", code: "InvalidRequestException" }),
    );
  });

  test.each(["ContactNotFoundException", "ResourceNotFoundException"])(
    "that Connect does not know any more (%s) has ended",
    async (name) => {
      const scene = bench({ answers: [DRAFT, REFUSED], stopAnswers: [refusal(name, 404)] });
      expect(await handle(scene)).toEqual(ACKNOWLEDGED);
      expect(scene.letters.map(({ report }) => report.contact)).toEqual(["none"]);
      expect(scene.notes).toContainEqual(expect.objectContaining({ text: "Draft ended", contactId: "draft-1" }));
    },
  );

  test.each([
    ["is made while there is more than an hour left for what is sent on it", 61, "none", 2],
    ["is not made within the last hour before its message is stale", 59, "Stale", 0],
  ])("%s", async (_what, minutesLeft, code, calls) => {
    const scene = bench({ answers: [DRAFT, EMAIL] });
    passUntilStale(scene, minutesLeft * IN_A_MINUTE);
    expect(await handle(scene)).toEqual(ACKNOWLEDGED);
    expect(scene.calls).toHaveLength(calls);
    const letters = scene.letters.map(({ report }) => [report.failure.code, report.contact]);
    expect(letters).toEqual(code === "none" ? [] : [[code, "none"]]);
  });

  test("that may have been made is found out in that hour, and used", async () => {
    const lost = refusal("ECONNRESET");
    const scene = bench({ answers: [lost, lost, DRAFT, EMAIL] });
    passUntilStale(scene, 61 * IN_A_MINUTE);
    expect(await handle(scene)).toMatchObject({ kind: "return" });
    scene.clock.advance(30 * IN_A_MINUTE);
    expect(await handle(scene)).toEqual(ACKNOWLEDGED);
    expect(scene.outcomes).toMatchObject([{ detailType: "Contact Started" }]);
  });
});
