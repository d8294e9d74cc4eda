import { describe, expect, test } from "@jest/globals";
import { beginAttempt } from "#shared/ledger/begin-attempt.ts";
import type { Claim } from "#shared/ledger/claim.ts";
import { finishAttempt } from "#shared/ledger/finish-attempt.ts";
import type { LedgerItem, OpenItem } from "#shared/ledger/ledger-item.ts";
import type { AttemptOutcome } from "#shared/ledger/standing.ts";
import { standingOf } from "#shared/ledger/standing-of.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const CLAIM: Claim = { messageId: "message-1", contentHash: "content-a", tokenWindowMs: 3_600_000 };
const STARTED: AttemptOutcome = { kind: "started", contactId: "contact-1" };
const FAILED: AttemptOutcome = {
  kind: "failed",
  failure: { code: "InvalidRequestException", kind: "rejected", message: "No." },
  leavesDoubt: false,
};
const unfinished = (more: { counts?: boolean; leavesDoubt?: boolean } = {}): AttemptOutcome => ({
  kind: "unfinished",
  counts: true,
  leavesDoubt: false,
  ...more,
});

const lease = (attemptId: string, sinceMs = NOW) => ({ attemptId, sinceMs, untilMs: sinceMs + 35_000 });

function begun(item?: LedgerItem, attemptId = "attempt-1", sinceMs = NOW): OpenItem {
  const answer = beginAttempt(item, CLAIM, lease(attemptId, sinceMs));
  if (!answer.ok) throw new Error(`The attempt was not begun: ${JSON.stringify(answer.error)}`);
  return answer.value.item;
}

const finish = (item: LedgerItem | undefined, outcome: AttemptOutcome, attemptId?: string) =>
  finishAttempt(item, CLAIM, { outcome, atMs: NOW + 1_000, ...(attemptId !== undefined && { attemptId }) });

/** The item that is written, without what every write has. */
function written(item: LedgerItem | undefined, outcome: AttemptOutcome, attemptId?: string): LedgerItem {
  const answer = finish(item, outcome, attemptId);
  if (answer.kind !== "write") throw new Error(`Nothing was to be written: ${JSON.stringify(answer)}`);
  return answer.item;
}

describe("an attempt", () => {
  test("is counted when it begins, and its lease ends with it", () => {
    expect(begun()).toEqual({
      state: "open",
      version: 1,
      contentHash: "content-a",
      attempts: 1,
      firstAttemptAtMs: NOW,
      lastAttemptAtMs: NOW,
      lease: lease("attempt-1"),
    });
    expect(written(begun(), unfinished(), "attempt-1")).toEqual({
      state: "open",
      version: 2,
      contentHash: "content-a",
      attempts: 1,
      firstAttemptAtMs: NOW,
      lastAttemptAtMs: NOW,
      finishedAttemptId: "attempt-1",
    });
  });

  test("is not counted where it says nothing about the request, and is no first attempt then", () => {
    const item = written(begun(), unfinished({ counts: false }), "attempt-1");
    expect(item.attempts).toBe(0);
    expect(item).not.toHaveProperty("firstAttemptAtMs");
    expect(begun(item, "attempt-2", NOW + 60_000)).toMatchObject({ attempts: 1, firstAttemptAtMs: NOW + 60_000 });
  });

  test("whose answer never came leaves doubt since its own start", () => {
    expect(written(begun(), unfinished({ leavesDoubt: true }), "attempt-1").doubtSinceMs).toBe(NOW);
  });

  test("that ends in a definite refusal leaves earlier doubt as it was", () => {
    const doubtful = written(begun(), unfinished({ leavesDoubt: true }), "attempt-1");
    const next = begun(doubtful, "attempt-2", NOW + 60_000);
    expect(written(next, FAILED, "attempt-2")).toMatchObject({ state: "failed", doubtSinceMs: NOW });
  });

  test("that follows a worker that died is in doubt since that one began", () => {
    const next = begun(begun(), "attempt-2", NOW + 36_000);
    expect(next).toMatchObject({ attempts: 2, doubtSinceMs: NOW, lease: lease("attempt-2", NOW + 36_000) });
  });

  test("of a new round counts from one, and keeps the doubt of the round before", () => {
    const doubtful = written(begun(), { ...FAILED, leavesDoubt: true }, "attempt-1");
    const anew = beginAttempt(doubtful, { ...CLAIM, messageId: "message-2" }, lease("attempt-2", NOW + 60_000));
    expect(anew).toMatchObject({
      ok: true,
      value: { item: { attempts: 1, doubtSinceMs: NOW }, attempt: { attempts: 1, inDoubt: true } },
    });
  });
});

describe("an operator's acceptance of a possible duplicate", () => {
  const accepted = { ...written(begun(), { ...FAILED, leavesDoubt: true }, "attempt-1"), duplicateAccepted: true };
  const redriven = { ...CLAIM, messageId: "message-2" };

  const anew = beginAttempt(accepted, redriven, lease("attempt-2", NOW + 60_000));
  const ended = (outcome: AttemptOutcome) => {
    const item = anew.ok ? anew.value.item : undefined;
    return finishAttempt(item, redriven, { outcome, attemptId: "attempt-2", atMs: NOW + 61_000 });
  };

  test("goes on with the doubt into the new round, and from one attempt to the next", () => {
    expect(anew).toMatchObject({ ok: true, value: { item: { doubtSinceMs: NOW, duplicateAccepted: true } } });
    expect(ended({ kind: "unfinished", counts: true, leavesDoubt: true })).toMatchObject({
      item: { state: "open", duplicateAccepted: true },
    });
  });

  test("ends with its round: what comes after needs another one, with whatever content", () => {
    const given = ended({ ...FAILED, leavesDoubt: true });
    expect(given).toMatchObject({ item: { state: "failed", doubtSinceMs: NOW } });
    expect(given).not.toHaveProperty("item.duplicateAccepted");
    if (given.kind !== "write") return;
    const next = { ...CLAIM, messageId: "message-3" };
    const later = NOW + CLAIM.tokenWindowMs;
    expect(standingOf(given.item, next, later)).toMatchObject({ kind: "outcome-unknown" });
    expect(standingOf(given.item, { ...next, contentHash: "another" }, later)).toMatchObject({
      kind: "refused",
      failure: { code: "ContentDiffers" },
    });
  });

  test("ends with the message that was given up without a call", () => {
    const given = finishAttempt(accepted, redriven, { outcome: FAILED, atMs: NOW + 61_000 });
    expect(given).toMatchObject({ item: { state: "failed", messageId: "message-2" } });
    expect(given).not.toHaveProperty("item.duplicateAccepted");
  });
});

describe("the end of an attempt", () => {
  test("is a contact", () => {
    expect(written(begun(), STARTED, "attempt-1")).toMatchObject({
      state: "started",
      contactId: "contact-1",
      attempts: 1,
    });
  });

  test("is a failure of this message", () => {
    expect(written(begun(), FAILED, "attempt-1")).toMatchObject({ state: "failed", messageId: "message-1" });
  });

  test("may be that there was no attempt at all", () => {
    expect(written(undefined, FAILED)).toMatchObject({ state: "failed", attempts: 0, version: 1 });
  });

  test("is known again when the answer to its write was lost", () => {
    const item = written(begun(), STARTED, "attempt-1");
    expect(finish(item, STARTED, "attempt-1")).toEqual({ kind: "written", item });
  });

  test.each<[string, AttemptOutcome]>([
    ["a contact", { kind: "started", contactId: "contact-2" }],
    ["a failure", FAILED],
    ["an unfinished attempt", unfinished()],
  ])("never overwrites a contact: %s", (_what, outcome) => {
    const item = written(begun(), STARTED, "attempt-1");
    expect(finish(item, outcome, "attempt-2")).toEqual({
      kind: "superseded",
      standing: { kind: "started", contactId: "contact-1", attempts: 1 },
    });
  });

  test("is superseded where another delivery holds the request", () => {
    const taken = begun(begun(), "attempt-2", NOW + 36_000);
    expect(finish(taken, FAILED, "attempt-1")).toMatchObject({ kind: "superseded", standing: { kind: "held" } });
    expect(finish(taken, FAILED)).toMatchObject({ kind: "superseded", standing: { kind: "held" } });
  });

  test("is written down if it is a contact, whoever holds the request: it is the truth", () => {
    const taken = begun(begun(), "attempt-2", NOW + 36_000);
    expect(written(taken, STARTED, "attempt-1")).toMatchObject({ state: "started", contactId: "contact-1" });
  });
});
