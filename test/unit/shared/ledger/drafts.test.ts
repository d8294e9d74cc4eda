import { describe, expect, test } from "@jest/globals";
import { beginAttempt } from "#shared/ledger/begin-attempt.ts";
import type { Claim } from "#shared/ledger/claim.ts";
import { finishAttempt } from "#shared/ledger/finish-attempt.ts";
import type { FailedItem, LedgerItem, OpenItem } from "#shared/ledger/ledger-item.ts";
import type { AttemptOutcome } from "#shared/ledger/standing.ts";
import { standingOf } from "#shared/ledger/standing-of.ts";

const HOUR = 3_600_000;
const NOW = Date.parse("2026-11-20T12:00:00Z");
const LEASE = { attemptId: "attempt-9", sinceMs: NOW, untilMs: NOW + 35_000 };

const claim = (more: Partial<Claim> = {}): Claim => ({
  messageId: "message-2",
  contentHash: "content-a",
  tokenWindowMs: 12 * HOUR,
  drafts: {},
  ...more,
});
const KNOWN = { version: 3, contentHash: "content-a", attempts: 2, firstAttemptAtMs: NOW - HOUR, draft: 2 };
const failed = (more: Partial<FailedItem> = {}): FailedItem => ({
  ...KNOWN,
  state: "failed",
  messageId: "message-1",
  failure: { code: "InvalidRequestException", kind: "rejected", message: "No." },
  ...more,
});
const open: OpenItem = { ...KNOWN, state: "open" };
const IN_DOUBT = { doubtSinceMs: NOW - HOUR };
const OVERDUE = { doubtSinceMs: NOW - 12 * HOUR };
const ACCEPTED = { duplicateAccepted: true };

describe("what is sent on a draft stands", () => {
  test.each<[string, LedgerItem | undefined, Claim, object]>([
    ["open on the first draft when nobody has tried it", undefined, claim(), { kind: "open", draft: 1 }],
    ["open on its draft between two attempts", open, claim(), { kind: "open", draft: 2 }],
    ["open on another draft after a round without doubt", failed(), claim(), { kind: "open", draft: 3 }],
    [
      "open on another draft with other content",
      failed(),
      claim({ contentHash: "content-b" }),
      { kind: "open", draft: 3, abandonedDraft: 2 },
    ],
    ["with a draft to be ended after a round without doubt", failed(), claim(), { abandonedDraft: 2 }],
    [
      "refused with its draft to be ended for the message that was given up",
      failed(),
      claim({ messageId: "message-1" }),
      { kind: "refused", abandonedDraft: 2 },
    ],
    ["open on the same draft after a round in doubt", failed(IN_DOUBT), claim(), { kind: "open", draft: 2 }],
    [
      "refused for other content after a round in doubt",
      failed(IN_DOUBT),
      claim({ contentHash: "content-b" }),
      { kind: "refused", failure: { code: "ContentDiffers" } },
    ],
    [
      "with an unknown outcome when its doubt is too old",
      failed(OVERDUE),
      claim(),
      { kind: "outcome-unknown", history: { inDoubt: true } },
    ],
    [
      "open on the same draft when an operator accepts what its token still prevents",
      failed({ ...IN_DOUBT, ...ACCEPTED }),
      claim(),
      { kind: "open", draft: 2, history: { inDoubt: true } },
    ],
    [
      "open on another draft when an operator accepts a duplicate",
      failed({ ...OVERDUE, ...ACCEPTED }),
      claim(),
      { kind: "open", draft: 3, history: { attempts: 0, inDoubt: true, isDoubtEarlier: true } },
    ],
    [
      "open on another draft when an operator accepts other content",
      failed({ ...IN_DOUBT, ...ACCEPTED }),
      claim({ contentHash: "content-b" }),
      { kind: "open", draft: 3 },
    ],
    [
      "open on another draft when an operator accepts what Connect refuses the token of",
      failed({ ...IN_DOUBT, ...ACCEPTED, tokenRefused: true }),
      claim(),
      { kind: "open", draft: 3 },
    ],
    [
      "moved on when another draft than the one in hand is to be sent on",
      failed(),
      claim({ drafts: { inHand: 2 } }),
      { kind: "moved-on" },
    ],
    ["open when it is the one in hand", open, claim({ drafts: { inHand: 2 } }), { kind: "open", draft: 2 }],
  ])("%s", (_what, item, by, standing) => {
    expect(standingOf(item, by, NOW)).toMatchObject(standing);
  });

  test.each([
    ["in doubt", failed(IN_DOUBT), claim({ messageId: "message-1" })],
    ["of other content", open, claim({ contentHash: "content-b" })],
    ["accepted by an operator", failed({ ...OVERDUE, ...ACCEPTED }), claim()],
  ])("without a draft to be ended when it is %s", (_what, item, by) => {
    expect(standingOf(item, by, NOW)).not.toHaveProperty("abandonedDraft");
  });
});

test("a request that takes one call has no drafts: a new round has neither a number nor anything to be ended", () => {
  const { drafts: _none, ...single } = claim();
  const { draft: _two, ...item } = failed();
  expect(standingOf(item, single, NOW)).toEqual({ kind: "open", history: { attempts: 0, inDoubt: false }, draft: 1 });
  expect(beginAttempt(item, single, LEASE)).not.toHaveProperty("value.item.draft");
});

describe("an attempt to send", () => {
  test.each<[string, LedgerItem | undefined, number, object]>([
    ["the first", undefined, 1, { draft: 1, attempts: 1 }],
    ["another of the same round", open, 2, { draft: 2, attempts: 3 }],
    ["after a round without doubt", failed(), 3, { draft: 3, attempts: 1 }],
    ["after a round in doubt", failed(IN_DOUBT), 2, { draft: 2, attempts: 1, ...IN_DOUBT }],
    ["that an operator accepts", failed({ ...OVERDUE, ...ACCEPTED }), 3, { draft: 3, earlierDoubt: true }],
  ])("notes its draft: %s", (_what, item, inHand, begun) => {
    const answer = beginAttempt(item, claim({ drafts: { inHand } }), LEASE);
    expect(answer).toMatchObject({ ok: true, value: { item: { state: "open", lease: LEASE, ...begun } } });
  });

  test("is not begun on a draft that the request has left", () => {
    const answer = beginAttempt(failed(), claim({ drafts: { inHand: 2 } }), LEASE);
    expect(answer).toEqual({ ok: false, error: { kind: "moved-on" } });
  });

  test("on another draft takes neither the doubt nor the acceptance of the one before with it", () => {
    const answer = beginAttempt(failed({ ...OVERDUE, ...ACCEPTED }), claim({ drafts: { inHand: 3 } }), LEASE);
    expect(answer).not.toHaveProperty("value.item.doubtSinceMs");
    expect(answer).not.toHaveProperty("value.item.duplicateAccepted");
  });
});

describe("the end of what is sent on a draft", () => {
  const expired = { code: "Expired", kind: "expired", message: "Too late." } as const;
  const givenUp: AttemptOutcome = { kind: "failed", failure: expired, leavesDoubt: false };

  test("notes the contact of the draft beside its own", () => {
    const outcome: AttemptOutcome = { kind: "started", contactId: "email-1", draftContactId: "draft-1" };
    const item: OpenItem = { ...open, lease: LEASE };
    const finish = finishAttempt(item, claim({ drafts: { inHand: 2 } }), {
      outcome,
      attemptId: "attempt-9",
      atMs: NOW,
    });
    expect(finish).toMatchObject({ kind: "write", item: { state: "started", draft: 2, draftContactId: "draft-1" } });
  });

  test.each<[string, LedgerItem | undefined, number, object]>([
    ["before any attempt", undefined, 1, { draft: 1, attempts: 0 }],
    ["between two attempts", open, 2, { draft: 2, attempts: 2 }],
    ["in a new round", failed(), 3, { draft: 3, attempts: 0 }],
    ["in a new round in doubt", failed(IN_DOUBT), 2, { draft: 2, ...IN_DOUBT }],
    ["in a round that an operator accepted", failed({ ...OVERDUE, ...ACCEPTED }), 3, { draft: 3, earlierDoubt: true }],
  ])("notes its draft when it is given up %s", (_what, item, inHand, written) => {
    const finish = finishAttempt(item, claim({ drafts: { inHand } }), { outcome: givenUp, atMs: NOW });
    expect(finish).toMatchObject({ kind: "write", item: { state: "failed", ...written } });
  });

  test("is not noted on a draft that the request has left", () => {
    const finish = finishAttempt(failed(), claim({ drafts: { inHand: 2 } }), { outcome: givenUp, atMs: NOW });
    expect(finish).toMatchObject({ kind: "superseded" });
  });

  test("keeps its draft and its doubt when its outcome is unknown", () => {
    const unknown = { code: "OutcomeUnknown", kind: "outcome-unknown", message: "?" } as const;
    const outcome: AttemptOutcome = { kind: "failed", failure: unknown, leavesDoubt: true };
    const finish = finishAttempt(failed(OVERDUE), claim(), { outcome, atMs: NOW });
    expect(finish).toMatchObject({ kind: "write", item: { state: "failed", draft: 2, ...OVERDUE } });
  });
});

describe("what must not be given up in doubt", () => {
  const { drafts: _none, ...draftClaim } = claim();
  const { draft: _two, ...known } = KNOWN;
  const expired = { code: "Expired", kind: "expired", message: "Too late." } as const;
  const outcome: AttemptOutcome = { kind: "failed", failure: expired, leavesDoubt: false, unlessInDoubt: true };
  const end = (item: LedgerItem | undefined) => finishAttempt(item, draftClaim, { outcome, atMs: NOW });

  test.each<[string, OpenItem]>([
    ["an answer was lost", { ...known, state: "open", ...IN_DOUBT }],
    ["a worker died", { ...known, state: "open", lease: { ...LEASE, untilMs: NOW } }],
  ])("stays as it is when %s", (_what, item) => {
    expect(end(item)).toMatchObject({ kind: "superseded", standing: { kind: "open", history: { inDoubt: true } } });
  });

  test.each([
    ["nobody has tried it", undefined],
    ["all of its calls were answered", { ...known, state: "open" } as const],
  ])("is given up when %s", (_what, item) => {
    expect(end(item)).toMatchObject({ kind: "write", item: { state: "failed" } });
  });

  test("stays as it is while somebody is at work on it", () => {
    expect(end({ ...known, state: "open", lease: LEASE })).toMatchObject({ standing: { kind: "held" } });
  });
});
