import { describe, expect, test } from "@jest/globals";
import type { PrintedIssue } from "#shared/contract/issue.ts";
import type { FailureReport } from "#shared/failures/failure-report.ts";
import { contactRequestFailed } from "#shared/outcomes/contact-request-failed.ts";
import { contactStarted } from "#shared/outcomes/contact-started.ts";
import type { Outcome } from "#shared/outcomes/outcome.ts";
import { handleDelivery } from "#shared/worker/handle-delivery.ts";
import type { DeadLetters } from "#shared/worker/ports/dead-letters.ts";
import type { Outcomes } from "#shared/worker/ports/outcomes.ts";
import { tellContact } from "#shared/worker/tell-contact.ts";
import { type FailedWork, tellFailure } from "#shared/worker/tell-failure.ts";
import { tellOutcome } from "#shared/worker/tell-outcome.ts";
import type { AcceptedWork } from "#shared/worker/work.ts";
import { aTaskRequest } from "#test/support/a-contact-request.ts";
import { aDelivery } from "#test/support/a-delivery.ts";
import { AN_INSTANCE, aWorker } from "#test/support/a-worker.ts";
import { anOutcome } from "#test/support/an-outcome.ts";

const IN_A_MINUTE_MS = 60_000;
const NOW = "2026-11-20T12:00:00.000Z";

/** A bus that refuses so many times before it takes an outcome, and what it was told. */
function aBus(refusals = 0): Outcomes & { readonly told: Outcome[]; tries: number } {
  const told: Outcome[] = [];
  return {
    told,
    tries: 0,
    async tell(outcome) {
      this.tries += 1;
      if (this.tries <= refusals) throw new Error("Not now: ada@example.com");
      told.push(outcome);
    },
  };
}

function aWork(outcomes: Outcomes, source?: string) {
  const bench = aWorker({ outcomes });
  const request = aTaskRequest(source === undefined ? {} : { source });
  const work: AcceptedWork = {
    delivery: aDelivery({ request, receiveCount: 3 }),
    worker: bench.worker,
    identity: { requestId: request.requestId, source: source ?? null },
    accepted: { request, instance: AN_INSTANCE, contentHash: "content" },
    begunAtMs: bench.clock.now(),
    deadlineMs: bench.clock.now() + IN_A_MINUTE_MS,
  };
  return { ...bench, work };
}

describe("an outcome is told", () => {
  test("once, where the bus takes it", async () => {
    const bus = aBus();
    expect(await tellOutcome(aWork(bus).work, anOutcome())).toBe(true);
    expect(bus.told).toEqual([anOutcome()]);
  });

  test("where the bus takes it at last", async () => {
    const bus = aBus(3);
    expect(await tellOutcome(aWork(bus).work, anOutcome())).toBe(true);
    expect(bus.told).toHaveLength(1);
  });

  test("or it is not, within the closing time, and the log names no more than a class and a place", async () => {
    const { work, notes, clock } = aWork(aBus(Number.POSITIVE_INFINITY));
    const begunMs = clock.now();
    expect(await tellOutcome(work, anOutcome())).toBe(false);
    expect(notes).toMatchObject([{ text: "Outcome event could not be put", level: "error" }]);
    expect(notes[0]?.fault).toMatch(/^Error at /);
    expect(JSON.stringify(notes)).not.toContain("ada");
    expect(clock.now() - begunMs).toBeLessThanOrEqual(work.worker.settings.closingTimeMs);
  });

  test("not later than the deadline of its process", async () => {
    const { work, clock } = aWork(aBus(Number.POSITIVE_INFINITY));
    const deadlineMs = clock.now() + 1_000;
    expect(await tellOutcome({ ...work, deadlineMs }, anOutcome())).toBe(false);
    expect(clock.now()).toBeLessThan(deadlineMs);
  });
});

describe("a started contact", () => {
  test("is told with what identifies it, and nothing of its input", async () => {
    const bus = aBus();
    const { work } = aWork(bus, "billing");
    const contact = { contactId: "contact-1", attempts: 2, repeated: false };
    expect(await tellContact(work, contact)).toEqual({ kind: "acknowledge" });
    expect(bus.told).toEqual([
      {
        detailType: "Contact Started",
        detail: {
          requestId: "billing/order-4711-callback",
          source: "billing",
          operation: "CreateContact",
          instanceId: AN_INSTANCE.id,
          contactId: "contact-1",
          attempts: 2,
          repeated: false,
          at: NOW,
        },
      },
    ]);
  });

  test("of an outbound e-mail is told with its draft's", async () => {
    const bus = aBus();
    const contact = { contactId: "e-mail-1", draftContactId: "draft-1", attempts: 1, repeated: true };
    await tellContact(aWork(bus).work, contact);
    expect(bus.told[0]?.detail).toMatchObject({
      source: null,
      contactId: "e-mail-1",
      contactIds: { CreateContact: "draft-1", StartOutboundEmailContact: "e-mail-1" },
      repeated: true,
    });
  });

  test("is told in the shape that is published", async () => {
    const bus = aBus();
    // A standing of the ledger has members of its own: none of them gets into an event.
    const standing = { kind: "started", contactId: "e-mail-1", draftContactId: "draft-1", attempts: 1 } as const;
    await tellContact(aWork(bus).work, { ...standing, repeated: true });
    expect(contactStarted.parse(bus.told[0]?.detail)).toEqual(bus.told[0]?.detail);
  });
});

const aReport = (overrides: Partial<FailureReport> = {}): FailureReport => ({
  failure: { code: "Expired", kind: "expired", message: "Too late." },
  operation: "CreateContact",
  requestId: "billing/order-4711-callback",
  source: "billing",
  queue: "contact-requests-CreateContact-live",
  attempts: 4,
  firstAttempt: NOW,
  contact: "unknown",
  doubtSince: "2026-11-20T10:00:00.000Z",
  ...overrides,
});

const issueAt = (index: number): PrintedIssue => ({
  path: `input.Attributes{${index}}`,
  code: "too-long",
  message: "must",
});

describe("a failed request", () => {
  test("is told with its failure, and whether there may be a contact", async () => {
    const bus = aBus();
    await tellFailure(aWork(bus).work, aReport());
    expect(bus.told).toEqual([
      {
        detailType: "Contact Request Failed",
        detail: {
          requestId: "billing/order-4711-callback",
          source: "billing",
          operation: "CreateContact",
          instanceId: AN_INSTANCE.id,
          failure: { code: "Expired", kind: "expired", message: "Too late." },
          contact: "unknown",
          attempts: 4,
          at: NOW,
        },
      },
    ]);
  });

  test("that nobody could read is told without identity and instance", async () => {
    const bus = aBus();
    const { accepted: _accepted, ...work } = aWork(bus).work;
    const unread: FailedWork = work;
    await tellFailure(unread, aReport({ requestId: null, source: null }));
    expect(bus.told[0]?.detail).toMatchObject({ requestId: null, source: null, instanceId: null });
  });

  test("is told with its first twenty issues, all counted, in the shape that is published", async () => {
    const bus = aBus();
    const issues = Array.from({ length: 21 }, (_, index) => issueAt(index));
    const failure = { code: "ContractViolation", kind: "invalid", message: "21 issues.", issues } as const;
    await tellFailure(aWork(bus).work, aReport({ failure }));
    const detail = contactRequestFailed.parse(bus.told[0]?.detail);
    expect(detail.failure).toEqual({ ...failure, issues: issues.slice(0, 20), issueCount: 21 });
  });
});

/** The deliveries of one message on a bus that can be down. */
function deliveriesOf(request: object, scenario: Parameters<typeof aWorker>[0] = {}) {
  const bus = { isDown: true, tries: 0 };
  const order: string[] = [];
  const told: Outcome[] = [];
  const outcomes: Outcomes = {
    tell: async (outcome) => {
      bus.tries += 1;
      if (bus.isDown) throw new Error("The bus is down.");
      order.push("event");
      told.push(outcome);
    },
  };
  const bench = aWorker({ outcomes, ...scenario });
  const deadLetters: DeadLetters = {
    send: async (delivery, report) => {
      await bench.worker.deadLetters.send(delivery, report);
      order.push("letter");
    },
  };
  const sentAtMs = bench.clock.now();
  let receives = 0;
  const deliver = async (receiveCount = receives + 1): Promise<string> => {
    receives = receiveCount;
    const delivery = aDelivery({ request, receiveCount, sentAtMs });
    const deadlineMs = bench.clock.now() + IN_A_MINUTE_MS;
    return (await handleDelivery(delivery, deadlineMs, { ...bench.worker, deadLetters })).kind;
  };
  return { ...bench, bus, order, told, deliver };
}

const EXPIRED = aTaskRequest({ expiresAt: "2026-11-20T11:00:00Z" });
const ELSEWHERE = aTaskRequest({ input: { InstanceId: AN_INSTANCE.id.replace("0", "1") } });
const LAST_RECEIVE = 900;

describe("a message whose outcome could not be told comes back", () => {
  test("and the ledger answers it: one call, and the contact as one that was there", async () => {
    const { bus, deliver, calls, told } = deliveriesOf(aTaskRequest());
    expect(await deliver()).toBe("return");
    bus.isDown = false;
    expect(await deliver()).toBe("acknowledge");
    expect(calls).toHaveLength(1);
    expect(told).toMatchObject([
      { detailType: "Contact Started", detail: { contactId: "contact-1", attempts: 1, repeated: true } },
    ]);
  });

  test("and where its request has its contact it becomes a dead letter before SQS moves it without a reason", async () => {
    const { deliver, calls, letters } = deliveriesOf(aTaskRequest());
    await deliver();
    expect([await deliver(LAST_RECEIVE - 1), letters]).toEqual(["return", []]);
    expect(await deliver()).toBe("acknowledge");
    expect(calls).toHaveLength(1);
    expect(letters.map(({ report }) => report)).toMatchObject([
      {
        failure: { code: "Stale", kind: "stale", message: expect.stringContaining("has its contact") },
        contact: "unknown",
        attempts: 1,
      },
    ]);
  });

  test.each([
    ["has expired", EXPIRED, "Expired", AN_INSTANCE.id],
    ["is on an unknown instance", ELSEWHERE, "InstanceNotServed", null],
  ])("and is dead-lettered once more, where its request %s", async (_what, request, code, instanceId) => {
    const { bus, deliver, letters, calls, told } = deliveriesOf(request);
    expect(await deliver()).toBe("return");
    bus.isDown = false;
    expect(await deliver()).toBe("acknowledge");
    expect(letters.map(({ report }) => report.failure.code)).toEqual([code, code]);
    expect(calls).toEqual([]);
    expect(told).toMatchObject([{ detailType: "Contact Request Failed", detail: { instanceId, failure: { code } } }]);
  });
});

describe("a failed message", () => {
  test("is a dead letter before it is told", async () => {
    const { bus, deliver, order } = deliveriesOf(EXPIRED);
    bus.isDown = false;
    expect(await deliver()).toBe("acknowledge");
    expect(order).toEqual(["letter", "event"]);
  });

  test("that comes back is told before it is one more dead letter", async () => {
    const { bus, deliver, order } = deliveriesOf(EXPIRED);
    bus.isDown = false;
    expect(await deliver(2)).toBe("acknowledge");
    expect(order).toEqual(["event", "letter"]);
  });

  test("leaves one dead letter while the bus is down, however often it comes back", async () => {
    const { bus, deliver, letters, order } = deliveriesOf(EXPIRED);
    for (let receives = 1; receives < 20; receives += 1) expect(await deliver()).toBe("return");
    expect(letters).toHaveLength(1);
    bus.isDown = false;
    expect(await deliver()).toBe("acknowledge");
    expect(order).toEqual(["letter", "event", "letter"]);
  });

  test("goes in its last moments by its dead letter, also where nobody could be told", async () => {
    const { deliver, letters, notes, bus } = deliveriesOf(EXPIRED);
    expect(await deliver(LAST_RECEIVE)).toBe("acknowledge");
    expect(letters).toHaveLength(1);
    expect(bus.tries).toBeGreaterThan(0);
    expect(notes.map(({ text, level }) => [text, level])).toEqual([
      ["Contact request dead-lettered", "warn"],
      ["Outcome event could not be put", "error"],
    ]);
  });
});
