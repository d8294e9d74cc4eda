import { describe, expect, test } from "@jest/globals";
import type { PrintedIssue } from "#shared/contract/issue.ts";
import type { FailureReport } from "#shared/failures/failure-report.ts";
import { contactRequestFailed } from "#shared/outcomes/contact-request-failed.ts";
import { contactStarted } from "#shared/outcomes/contact-started.ts";
import type { Outcome } from "#shared/outcomes/outcome.ts";
import { acknowledgeOnceTold } from "#shared/worker/acknowledge-once-told.ts";
import { handleDelivery } from "#shared/worker/handle-delivery.ts";
import type { Outcomes } from "#shared/worker/ports/outcomes.ts";
import { tellContact } from "#shared/worker/tell-contact.ts";
import { type FailedWork, tellFailure } from "#shared/worker/tell-failure.ts";
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

describe("a message is acknowledged", () => {
  test("when its outcome was told", async () => {
    const bus = aBus();
    expect(await acknowledgeOnceTold(aWork(bus).work, anOutcome())).toEqual({ kind: "acknowledge" });
    expect(bus.told).toEqual([anOutcome()]);
  });

  test("when its outcome was told at last", async () => {
    const bus = aBus(3);
    expect(await acknowledgeOnceTold(aWork(bus).work, anOutcome())).toEqual({ kind: "acknowledge" });
    expect(bus.told).toHaveLength(1);
  });

  test("not when nobody could be told: it comes back, and the log names no more than a class and a place", async () => {
    const { work, notes, clock } = aWork(aBus(Number.POSITIVE_INFINITY));
    const { settings } = work.worker;
    const { baseMs } = settings.retry.backoff;
    const begunMs = clock.now();
    const delayMs = (4 * baseMs) / 2;
    expect(await acknowledgeOnceTold(work, anOutcome())).toEqual({ kind: "return", delayMs });
    expect(notes).toMatchObject([{ text: "Outcome event could not be put", level: "error", delayMs }]);
    expect(JSON.stringify(notes)).not.toContain("ada");
    expect(clock.now() - begunMs).toBeLessThanOrEqual(settings.closingTimeMs);
  });

  test("not later than the deadline of its process", async () => {
    const { work, clock } = aWork(aBus(Number.POSITIVE_INFINITY));
    const deadlineMs = clock.now() + 1_000;
    expect(await acknowledgeOnceTold({ ...work, deadlineMs }, anOutcome())).toMatchObject({ kind: "return" });
    expect(clock.now()).toBeLessThan(deadlineMs);
  });
});

describe("a started contact", () => {
  test("is told with what identifies it, and nothing of its input", async () => {
    const bus = aBus();
    await tellContact(aWork(bus, "billing").work, { contactId: "contact-1", attempts: 2, repeated: false });
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

describe("a message whose outcome could not be told comes back", () => {
  /** Two deliveries of a message: the bus takes nothing during the first. */
  async function twice(request: ReturnType<typeof aTaskRequest>) {
    let isDown = true;
    const told: Outcome[] = [];
    const outcomes: Outcomes = {
      tell: async (outcome) => {
        if (isDown) throw new Error("The bus is down.");
        told.push(outcome);
      },
    };
    const bench = aWorker({ outcomes });
    const deliver = async () =>
      await handleDelivery(aDelivery({ request }), bench.clock.now() + IN_A_MINUTE_MS, bench.worker);
    const first = await deliver();
    isDown = false;
    return { ...bench, told, dispositions: [first, await deliver()].map(({ kind }) => kind) };
  }

  test("and the ledger answers it: one call, and the contact as one that was there", async () => {
    const { dispositions, calls, told } = await twice(aTaskRequest());
    expect(dispositions).toEqual(["return", "acknowledge"]);
    expect(calls).toHaveLength(1);
    expect(told).toMatchObject([
      { detailType: "Contact Started", detail: { contactId: "contact-1", attempts: 1, repeated: true } },
    ]);
  });

  test.each([
    ["has expired", aTaskRequest({ expiresAt: "2026-11-20T11:00:00Z" }), "Expired", AN_INSTANCE.id],
    [
      "is on an unknown instance",
      aTaskRequest({ input: { InstanceId: AN_INSTANCE.id.replace("0", "1") } }),
      "InstanceNotServed",
      null,
    ],
  ])("and is dead-lettered once more, where its request %s", async (_what, request, code, instanceId) => {
    const { dispositions, letters, calls, told } = await twice(request);
    expect(dispositions).toEqual(["return", "acknowledge"]);
    expect(letters.map(({ report }) => report.failure.code)).toEqual([code, code]);
    expect(calls).toEqual([]);
    expect(told).toMatchObject([{ detailType: "Contact Request Failed", detail: { instanceId, failure: { code } } }]);
  });
});
