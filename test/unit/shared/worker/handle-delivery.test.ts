import { describe, expect, test } from "@jest/globals";
import { clientToken } from "#shared/client-token.ts";
import { pointerBody } from "#shared/envelopes/payload-pointer.ts";
import type { Standing } from "#shared/ledger/standing.ts";
import { acceptRequest } from "#shared/worker/accept-request.ts";
import { contactStep } from "#shared/worker/contact-step.ts";
import { handleDelivery } from "#shared/worker/handle-delivery.ts";
import type { Ledger } from "#shared/worker/ports/ledger.ts";
import type { Payloads } from "#shared/worker/ports/payloads.ts";
import type { Worker } from "#shared/worker/worker.ts";
import { aChatRequest, anEmailContactRequest, aTaskRequest } from "#test/support/a-contact-request.ts";
import { aDelivery } from "#test/support/a-delivery.ts";
import { AN_INSTANCE, aWorker, refusal, STARTED, type WorkerOnTheBench } from "#test/support/a-worker.ts";

const IN_A_MINUTE = 60_000;
const ACKNOWLEDGED = { kind: "acknowledge" };

const handle = async (bench: WorkerOnTheBench, delivery = aDelivery({ request: aTaskRequest() })) =>
  await handleDelivery(delivery, bench.clock.now() + IN_A_MINUTE, bench.worker);

const OPEN: Standing = { kind: "open", history: { attempts: 0, inDoubt: false }, draft: 1 };
const STARTED_BEFORE = { kind: "started", contactId: "contact-7", attempts: 1 } as const;

const aLedger = (overrides: Partial<Ledger>): Ledger => ({
  lookUp: async () => OPEN,
  begin: async () => ({
    kind: "begun",
    attempt: { id: "attempt-1", attempts: 1, firstAttemptAtMs: Date.parse("2026-11-20T12:00:00Z"), inDoubt: false },
  }),
  finish: async () => ({ kind: "recorded", history: { attempts: 1, inDoubt: false } }),
  ...overrides,
});

const codes = ({ letters }: WorkerOnTheBench) => letters.map(({ report }) => report.failure.code);

describe("a good request", () => {
  test("is called once, on the default instance under its client token, and acknowledged", async () => {
    const bench = aWorker();
    expect(await handle(bench)).toEqual(ACKNOWLEDGED);
    const { requestId, operation, input } = aTaskRequest();
    const ClientToken = clientToken({ instanceId: AN_INSTANCE.id, operation, requestId });
    expect(bench.calls).toEqual([{ api: operation, input: { ...input, InstanceId: AN_INSTANCE.id, ClientToken } }]);
    expect(bench.reports).toEqual(["accepted"]);
    expect(bench.letters).toEqual([]);
  });

  test("keeps the ClientToken that its upstream has chosen", async () => {
    const bench = aWorker();
    await handle(bench, aDelivery({ request: aTaskRequest({ input: { ClientToken: "my-own" } }) }));
    expect(bench.calls.map((call) => call.input.ClientToken)).toEqual(["my-own"]);
  });

  test("may name its instance by ARN", async () => {
    const bench = aWorker();
    await handle(bench, aDelivery({ request: aTaskRequest({ input: { InstanceId: AN_INSTANCE.arn } }) }));
    expect(bench.calls.map((call) => call.input.InstanceId)).toEqual([AN_INSTANCE.id]);
  });

  test("is told to the journal with what identifies it and nothing of its input", async () => {
    const bench = aWorker();
    await handle(bench, aDelivery({ request: aTaskRequest({ source: "billing" }) }));
    expect(bench.notes).toEqual([
      {
        text: "Contact started",
        level: "info",
        messageId: aDelivery().messageId,
        operation: "CreateContact",
        lane: "live",
        requestId: "billing/order-4711-callback",
        source: "billing",
        contactId: "contact-1",
        attempts: 1,
        durationMs: 0,
      },
    ]);
  });

  test("asks for a slot of its API and channel that leaves time for the call and for writing down how it ended", async () => {
    const bench = aWorker();
    const { callTimeoutMs, closingTimeMs } = bench.worker.settings;
    const latestMs = bench.clock.now() + IN_A_MINUTE - callTimeoutMs - closingTimeMs;
    await handle(bench);
    const { id: instanceId } = AN_INSTANCE;
    expect(bench.slotRequests).toEqual([{ api: "CreateContact", instanceId, channel: "TASK", lane: "live", latestMs }]);
  });
});

describe("a message that cannot become a contact is dead-lettered before any call", () => {
  test.each([
    ["that is not JSON", aDelivery({ body: "{" }), "NotJson", "invalid"],
    ["that is JSON but no request", aDelivery({ body: "42" }), "UnknownEnvelope", "invalid"],
    [
      "that breaks the contract",
      aDelivery({ request: { ...aTaskRequest(), extra: 1 } }),
      "ContractViolation",
      "invalid",
    ],
    ["for another queue", aDelivery({ request: aChatRequest() }), "WrongQueue", "invalid"],
    [
      "for an instance that is not served",
      aDelivery({ request: aTaskRequest({ input: { InstanceId: "another" } }) }),
      "InstanceNotServed",
      "invalid",
    ],
    [
      "past its expiresAt",
      aDelivery({ request: aTaskRequest({ expiresAt: "2026-11-20T12:00:00Z" }) }),
      "Expired",
      "expired",
    ],
    [
      "within twelve hours of its queue's retention",
      aDelivery({ request: aTaskRequest(), sentAtMs: Date.parse("2026-11-08T00:00:00Z") }),
      "Stale",
      "stale",
    ],
  ])("%s", async (_what, delivery, code, kind) => {
    const bench = aWorker();
    expect(await handle(bench, delivery)).toEqual(ACKNOWLEDGED);
    expect(bench.letters.map(({ report }) => report)).toMatchObject([
      { failure: { code, kind }, contact: "none", attempts: 0, firstAttempt: null },
    ]);
    expect(bench.calls).toEqual([]);
    expect(bench.slotRequests).toEqual([]);
  });

  test("with all its issues", async () => {
    const bench = aWorker();
    await handle(bench, aDelivery({ request: { ...aTaskRequest(), requestId: "", input: { Channel: "TASK" } } }));
    const [letter] = bench.letters;
    expect(letter?.report.failure.issues?.map(({ path, code }) => [path, code])).toEqual([
      ["requestId", "too-short"],
      ["input.InitiationMethod", "required"],
    ]);
  });

  test("with its first issues and their count, however many a hostile one has", async () => {
    const bench = aWorker();
    const attributes = Object.fromEntries(Array.from({ length: 19_900 }, (_, index) => [`a b ${index}`, 1]));
    await handle(bench, aDelivery({ request: { ...aTaskRequest(), input: { Attributes: attributes } } }));
    const failure = bench.letters[0]?.report.failure;
    expect(failure).toMatchObject({ code: "ContractViolation", issueCount: 39_803 });
    expect(failure?.message).toContain("(39803 issues)");
    expect(failure?.issues).toHaveLength(20);
  });

  test("and names the request as far as the message does so legibly", async () => {
    const bench = aWorker();
    await handle(
      bench,
      aDelivery({ request: { requestId: "a/1", source: "not legible", operation: "CreateContact" } }),
    );
    expect(bench.letters.map(({ report: { requestId, source } }) => ({ requestId, source }))).toEqual([
      { requestId: "a/1", source: null },
    ]);
  });

  test("and stays in the queue while the dead letter cannot be sent", async () => {
    const deadLetters = { send: () => Promise.reject(new Error("no queue")) };
    const bench = aWorker({ deadLetters });
    expect(await handle(bench, aDelivery({ body: "{" }))).toEqual({ kind: "return", delayMs: 2_500 });
    expect(bench.notes).toMatchObject([
      { text: "Dead letter could not be sent", level: "error", code: "NotJson" },
      { text: "Contact request returned to the queue", delayMs: 2_500 },
    ]);
  });
});

describe("what Connect answers decides", () => {
  const back = (delayMs: number) => ({ kind: "return", delayMs });
  test.each([
    ["a refusal: dead letter, no contact", [refusal("InvalidRequestException", 400)], ACKNOWLEDGED, 1, "none"],
    ["a refused token: dead letter, in doubt", [refusal("IdempotencyException", 409)], ACKNOWLEDGED, 1, "unknown"],
    ["a throttle, then a contact", [refusal("ThrottlingException", 429), STARTED], ACKNOWLEDGED, 2, undefined],
    ["two throttles: back to the queue", [refusal("ThrottlingException", 429)], back(2_500), 2, undefined],
    ["a lost answer, then a contact", [refusal("ECONNRESET"), STARTED], ACKNOWLEDGED, 2, undefined],
    ["two lost answers: back to the queue", [refusal("TimeoutError")], back(5_000), 2, undefined],
    [
      "a lost answer, then a refusal: dead letter, in doubt",
      [refusal("ECONNRESET"), refusal("InvalidRequestException", 400)],
      ACKNOWLEDGED,
      2,
      "unknown",
    ],
    ["a missing right: back to the queue", [refusal("AccessDeniedException", 403)], back(2_500), 1, undefined],
    ["a conflict: back to the queue", [refusal("ConflictException", 409)], back(2_500), 1, undefined],
  ] as const)("%s", async (_what, answers, disposition, calls, contact) => {
    const bench = aWorker({ answers });
    expect(await handle(bench)).toEqual(disposition);
    expect(bench.calls).toHaveLength(calls);
    expect(bench.letters.map(({ report }) => report.contact)).toEqual(contact === undefined ? [] : [contact]);
  });

  test("the same token in every call for a request", async () => {
    const bench = aWorker({ answers: [refusal("ECONNRESET"), STARTED] });
    await handle(bench);
    expect(new Set(bench.calls.map((call) => call.input.ClientToken)).size).toBe(1);
  });

  test("and the dead letter says what Connect said, without what it quoted", async () => {
    const text = "Invalid phone number +15550100 for DestinationEndpoint";
    const bench = aWorker({ answers: [refusal("InvalidRequestException", 400, { text, awsRequestId: "req-1" })] });
    await handle(bench);
    expect(bench.letters[0]?.report.failure.message).toBe(
      "Amazon Connect answered 400 InvalidRequestException: Invalid phone number [withheld] for DestinationEndpoint. AWS request id req-1. Correct the request and send it again under the same requestId.",
    );
  });
});

test("a request whose answer was lost, and that expires before its second call, says that it may have a contact", async () => {
  const expiresAt = "2026-11-20T12:00:01Z";
  const bench = aWorker({ answers: [refusal("ECONNRESET")] });
  const worker: Worker = {
    ...bench.worker,
    connect: {
      ...bench.worker.connect,
      call: async (call, timeoutMs) => {
        bench.clock.advance(2_000);
        return await bench.worker.connect.call(call, timeoutMs);
      },
    },
  };
  await handleDelivery(aDelivery({ request: aTaskRequest({ expiresAt }) }), bench.clock.now() + IN_A_MINUTE, worker);
  expect(bench.letters.map(({ report }) => report)).toMatchObject([
    { failure: { code: "Expired" }, contact: "unknown", attempts: 1, firstAttempt: "2026-11-20T12:00:00.000Z" },
  ]);
});

describe("a message that came before, and cannot be read or served any more", () => {
  const POINTER = pointerBody({ bucket: "payloads", key: "payloads/1" });
  const ELSEWHERE = JSON.stringify(aTaskRequest({ input: { InstanceId: "another" } }));
  const gone: Payloads = {
    read: async () => ({ ok: false, error: { code: "PayloadNotFound", kind: "invalid", message: "It is gone." } }),
  };
  const holding = (text: string): Payloads => ({
    read: async () => ({ ok: true, value: { text, release: () => {} } }),
  });

  test.each<[what: string, body: string, payloads: Payloads, code: string]>([
    ["its payload is gone", POINTER, gone, "PayloadNotFound"],
    ["its payload is no JSON", POINTER, holding("{"), "NotJson"],
    ["its payload breaks the contract", POINTER, holding("{}"), "ContractViolation"],
    ["its instance is not served", ELSEWHERE, gone, "InstanceNotServed"],
  ])("may have a contact: %s", async (_what, body, payloads, code) => {
    const contactAt = async (receiveCount: number) => {
      const bench = aWorker({ payloads });
      await handle(bench, aDelivery({ body, receiveCount }));
      return bench.letters.map(({ report }) => [report.failure.code, report.contact]);
    };
    expect(await contactAt(1)).toEqual([[code, "none"]]);
    expect(await contactAt(2)).toEqual([[code, "unknown"]]);
  });

  test("has none for certain where the message itself is wrong, as it was before", async () => {
    const bench = aWorker();
    await handle(bench, aDelivery({ body: "{", receiveCount: 2 }));
    expect(bench.letters.map(({ report }) => report.contact)).toEqual(["none"]);
  });
});

describe("a large payload for which there is no room in time", () => {
  const delivery = aDelivery({ body: pointerBody({ bucket: "payloads", key: "payloads/1" }) });
  const payloads: Payloads = { read: async () => "no-room" };

  test.each([
    ["is visible at once", "live", 0],
    ["of the backfill comes back later", "backfill", 2_500],
  ] as const)("%s", async (_what, lane, delayMs) => {
    const bench = aWorker({ payloads });
    expect(await handle(bench, { ...delivery, lane })).toEqual({ kind: "return", delayMs });
    expect([bench.letters, bench.slotRequests]).toEqual([[], []]);
  });

  test("becomes a dead letter before SQS moves its message without a reason", async () => {
    const bench = aWorker({ payloads });
    expect(await handle(bench, { ...delivery, receiveCount: 900 })).toEqual(ACKNOWLEDGED);
    expect(bench.letters.map(({ report }) => report)).toMatchObject([
      { failure: { code: "Stale" }, contact: "unknown" },
    ]);
  });
});

test("a process that wakes up when its time is over calls nobody", async () => {
  const bench = aWorker();
  const { takeSlot } = bench.worker.rateLimiter;
  const rateLimiter: Worker["rateLimiter"] = {
    ...bench.worker.rateLimiter,
    takeSlot: async (request) => {
      bench.clock.advance(10 * IN_A_MINUTE);
      return await takeSlot(request);
    },
  };
  const delivery = aDelivery({ request: aTaskRequest() });
  const disposition = await handleDelivery(delivery, bench.clock.now() + IN_A_MINUTE, { ...bench.worker, rateLimiter });
  expect(disposition).toEqual({ kind: "return", delayMs: 0 });
  expect([bench.calls, bench.reports]).toEqual([[], ["unused"]]);
});

test("a request whose begin took so long that the call would be late is not called, and not counted", async () => {
  const bench = aWorker();
  const { ledger } = bench.worker;
  const slow: Ledger = {
    lookUp: (entry) => ledger.lookUp(entry),
    begin: async (entry, untilMs) => {
      const begun = await ledger.begin(entry, untilMs);
      bench.clock.advance(10 * IN_A_MINUTE);
      return begun;
    },
    finish: (entry, outcome, attempt) => ledger.finish(entry, outcome, attempt),
  };
  const delivery = aDelivery({ request: aTaskRequest() });
  const disposition = await handleDelivery(delivery, bench.clock.now() + IN_A_MINUTE, {
    ...bench.worker,
    ledger: slow,
  });
  expect(disposition).toEqual({ kind: "return", delayMs: 0 });
  expect([bench.calls, bench.reports]).toEqual([[], ["unused"]]);
  const accepted = acceptRequest({ ok: true, value: aTaskRequest() }, bench.worker);
  if (!accepted.ok) throw new Error("The request was refused.");
  const step = contactStep(aTaskRequest(), accepted.value);
  expect(await ledger.lookUp({ accepted: accepted.value, step, delivery })).toEqual(OPEN);
});

test("a second contact is told as an error, with both ids", async () => {
  const bench = aWorker({
    ledger: aLedger({ finish: async () => ({ kind: "superseded", standing: STARTED_BEFORE }) }),
  });
  expect(await handle(bench)).toEqual(ACKNOWLEDGED);
  expect(bench.notes).toMatchObject([
    { text: "Second contact started", level: "error", contactId: "contact-1", otherContactId: "contact-7" },
  ]);
});

test("a backfill request without a slot comes back later and later, so that SQS never gives it up", async () => {
  const bench = aWorker({ slots: ["none-in-time"] });
  const delivery = aDelivery({ request: aTaskRequest(), lane: "backfill", receiveCount: 100 });
  const disposition = await handle(bench, delivery);
  expect(disposition).toEqual({ kind: "return", delayMs: 450_000 });
});

describe("the rate limiter decides", () => {
  test.each([
    ["no slot in time: untouched, visible at once", ["none-in-time"], 0, 0],
    ["a pause: back until it ends", ["paused"], 60_000, 0],
    ["no slot for the second call: back with the delay of its failure", ["granted", "none-in-time"], 2_500, 1],
    ["a pause before the second call: back until it ends", ["granted", "paused"], 60_000, 1],
  ] as const)("%s", async (_what, slots, delayMs, calls) => {
    const bench = aWorker({ slots, answers: [refusal("ThrottlingException", 429)] });
    expect(await handle(bench)).toEqual({ kind: "return", delayMs });
    expect(bench.calls).toHaveLength(calls);
    expect(bench.letters).toEqual([]);
  });

  test("a request that expires while it waits for its slot is not sent, and gives the slot back", async () => {
    const bench = aWorker();
    const slow = { ...bench.worker.rateLimiter, takeSlot: bench.worker.rateLimiter.takeSlot };
    const worker = {
      ...bench.worker,
      rateLimiter: {
        ...slow,
        takeSlot: async (request: Parameters<typeof slow.takeSlot>[0]) => {
          bench.clock.advance(2_000);
          return await slow.takeSlot(request);
        },
      },
    };
    const delivery = aDelivery({ request: aTaskRequest({ expiresAt: "2026-11-20T12:00:01Z" }) });
    expect(await handleDelivery(delivery, bench.clock.now() + IN_A_MINUTE, worker)).toEqual(ACKNOWLEDGED);
    expect(codes(bench)).toEqual(["Expired"]);
    expect(bench.reports).toEqual(["unused"]);
    expect(bench.calls).toEqual([]);
  });

  test.each<[what: string, request: object, scenario: Parameters<typeof aWorker>[0]]>([
    ["that expires while it waits for its slot", aTaskRequest({ expiresAt: "2026-11-20T12:00:01Z" }), {}],
    [
      "whose attachment may not be signed",
      anEmailContactRequest({ input: { Attachments: [{ FileName: "a.pdf", S3Url: "s3://bucket/a.pdf" }] } }),
      {
        operation: "StartEmailContact",
        attachments: { sign: async () => ({ ok: false, error: { code: "No", kind: "invalid", message: "No." } }) },
      },
    ],
  ])("a request %s gives its slot back first, also where the ledger is gone", async (_what, request, scenario) => {
    const bench = aWorker(scenario);
    const reportsAtFinish: number[] = [];
    const { ledger, rateLimiter } = bench.worker;
    const worker: Worker = {
      ...bench.worker,
      ledger: {
        lookUp: (entry) => ledger.lookUp(entry),
        begin: (entry, untilMs) => ledger.begin(entry, untilMs),
        finish: () => {
          reportsAtFinish.push(bench.reports.length);
          return Promise.reject(new Error("no table"));
        },
      },
      rateLimiter: {
        ...rateLimiter,
        takeSlot: async (asked) => {
          bench.clock.advance(2_000);
          return await rateLimiter.takeSlot(asked);
        },
      },
    };
    const deadlineMs = bench.clock.now() + IN_A_MINUTE;
    await expect(handleDelivery(aDelivery({ request }), deadlineMs, worker)).rejects.toThrow("no table");
    expect(bench.reports).toEqual(["unused"]);
    expect(new Set(reportsAtFinish)).toEqual(new Set([1]));
  });

  test.each([
    ["InvalidRequestException", 400, ["other"]],
    ["ThrottlingException", 429, ["throttled", "throttled"]],
    ["ServiceQuotaExceededException", 402, ["at-capacity", "at-capacity"]],
    ["AccessDeniedException", 403, ["denied"]],
    ["InternalServiceException", 500, ["transient", "transient"]],
  ] as const)("by what it is told of %s", async (name, status, reports) => {
    const bench = aWorker({ answers: [refusal(name, status)] });
    await handle(bench);
    expect(bench.reports).toEqual(reports);
  });
});

describe("the ledger decides", () => {
  const refused = {
    kind: "refused",
    failure: { code: "OutcomeUnknown", kind: "outcome-unknown", message: "Nobody knows." },
    history: { attempts: 3, firstAttemptAtMs: Date.parse("2026-11-19T12:00:00Z"), inDoubt: true },
  } as const satisfies Standing;
  test.each<[string, Standing, object, readonly string[]]>([
    ["a request that was started is answered", STARTED_BEFORE, ACKNOWLEDGED, []],
    [
      "a request that another delivery holds comes back to look",
      { kind: "held", untilMs: Date.parse("2026-11-20T12:00:30Z") },
      { kind: "return", delayMs: 2_500 },
      [],
    ],
    ["a request that it refuses is dead-lettered", refused, ACKNOWLEDGED, ["OutcomeUnknown"]],
  ])("%s, without a slot or a call", async (_what, standing, disposition, deadLetters) => {
    const bench = aWorker({ ledger: aLedger({ lookUp: async () => standing }) });
    expect(await handle(bench)).toEqual(disposition);
    expect(codes(bench)).toEqual(deadLetters);
    expect(bench.slotRequests).toEqual([]);
    expect(bench.calls).toEqual([]);
  });

  test("a request in doubt says in its dead letter since when: its token window counts from then", async () => {
    const doubtSinceMs = Date.parse("2026-11-19T11:00:00Z");
    const standing = { ...refused, history: { ...refused.history, doubtSinceMs } };
    const bench = aWorker({ ledger: aLedger({ lookUp: async () => standing }) });
    await handle(bench);
    expect(bench.letters.map(({ report }) => report)).toMatchObject([
      { contact: "unknown", doubtSince: "2026-11-19T11:00:00.000Z", firstAttempt: "2026-11-19T12:00:00.000Z" },
    ]);
  });

  test("a request that another delivery holds comes back at the latest when its lease ends", async () => {
    const untilMs = Date.parse("2026-11-20T12:00:30Z");
    const bench = aWorker({ ledger: aLedger({ lookUp: async () => ({ kind: "held", untilMs }) }) });
    const delivery = aDelivery({ request: aTaskRequest(), receiveCount: 9 });
    expect(await handle(bench, delivery)).toEqual({ kind: "return", delayMs: 30_000 });
  });

  test("a request that another delivery begins in the meantime gives its slot back", async () => {
    const begin: Ledger["begin"] = async () => ({
      kind: "not-begun",
      standing: STARTED_BEFORE,
    });
    const bench = aWorker({ ledger: aLedger({ begin }) });
    expect(await handle(bench)).toEqual(ACKNOWLEDGED);
    expect(bench.reports).toEqual(["unused"]);
    expect(bench.calls).toEqual([]);
  });

  test("a token that Connect refuses is answered where another delivery has the contact", async () => {
    const standings: Standing[] = [OPEN, STARTED_BEFORE];
    const lookUp: Ledger["lookUp"] = async () => standings.shift() ?? { kind: "held", untilMs: 0 };
    const bench = aWorker({ ledger: aLedger({ lookUp }), answers: [refusal("IdempotencyException", 409)] });
    expect(await handle(bench)).toEqual(ACKNOWLEDGED);
    expect(bench.letters).toEqual([]);
  });

  test("a request that another delivery has taken over is not dead-lettered by this one", async () => {
    const standing: Standing = { kind: "held", untilMs: Date.parse("2026-11-20T12:00:30Z") };
    const finish: Ledger["finish"] = async () => ({ kind: "superseded", standing });
    const bench = aWorker({ ledger: aLedger({ finish }), answers: [refusal("InvalidRequestException", 400)] });
    expect(await handle(bench)).toEqual({ kind: "return", delayMs: 0 });
    expect(bench.letters).toEqual([]);
  });

  test("what a call led to is written down as soon as the ledger is back, if that is before the deadline", async () => {
    let failures = 3;
    const finish: Ledger["finish"] = async () => {
      failures -= 1;
      if (failures >= 0) throw new Error("no table");
      return { kind: "recorded", history: { attempts: 1, inDoubt: false } };
    };
    const bench = aWorker({ ledger: aLedger({ finish }) });
    expect(await handle(bench)).toEqual(ACKNOWLEDGED);
    expect(bench.calls).toHaveLength(1);
  });

  test("nothing is sent while it cannot be reached", async () => {
    const bench = aWorker({ ledger: aLedger({ begin: () => Promise.reject(new Error("no table")) }) });
    await expect(handle(bench)).rejects.toThrow("no table");
    expect(bench.calls).toEqual([]);
    expect(bench.letters).toEqual([]);
    expect(bench.reports).toEqual(["unused"]);
  });

  test("nothing is acknowledged before it has the contact", async () => {
    const bench = aWorker({ ledger: aLedger({ finish: () => Promise.reject(new Error("no table")) }) });
    await expect(handle(bench)).rejects.toThrow("no table");
    expect(bench.calls).toHaveLength(1);
  });

  test("a failure is in it before the dead letter is sent", async () => {
    const order: string[] = [];
    const bench = aWorker({
      answers: [refusal("InvalidRequestException", 400)],
      ledger: aLedger({
        finish: async (_entry, outcome) => {
          order.push(`ledger ${outcome.kind}`);
          return { kind: "recorded", history: { attempts: 1, inDoubt: false } };
        },
      }),
      deadLetters: {
        send: async () => {
          order.push("dead letter");
        },
      },
    });
    await handle(bench);
    expect(order).toEqual(["ledger failed", "dead letter"]);
  });
});
