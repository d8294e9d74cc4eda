import { describe, expect, test } from "@jest/globals";
import type { Claim } from "#shared/ledger/claim.ts";
import type { FailedItem, LedgerItem, OpenItem } from "#shared/ledger/ledger-item.ts";
import { standingOf } from "#shared/ledger/standing-of.ts";

const HOUR = 3_600_000;
const NOW = Date.parse("2026-11-20T12:00:00Z");
const CLAIM: Claim = { messageId: "message-1", contentHash: "content-a", tokenWindowMs: 12 * HOUR };
const OTHER_MESSAGE: Claim = { ...CLAIM, messageId: "message-2" };
const OTHER_CONTENT: Claim = { ...OTHER_MESSAGE, contentHash: "content-b" };

const KNOWN = { version: 3, contentHash: "content-a", attempts: 2, firstAttemptAtMs: NOW - HOUR };
const open = (more: Partial<OpenItem> = {}): OpenItem => ({ ...KNOWN, state: "open", ...more });
const failed = (more: Partial<FailedItem> = {}): FailedItem => ({
  ...KNOWN,
  state: "failed",
  messageId: "message-1",
  failure: { code: "InvalidRequestException", kind: "rejected", message: "No." },
  ...more,
});
const started: LedgerItem = { ...KNOWN, state: "started", contactId: "contact-1" };
const lease = (untilMs: number) => ({ attemptId: "attempt-1", sinceMs: NOW - 1_000, untilMs });
const tokenConflict = { code: "IdempotencyException", kind: "token-conflict", message: "No." } as const;

describe("a request stands", () => {
  test.each<[string, LedgerItem | undefined, Claim, object]>([
    ["open when nobody has tried it", undefined, CLAIM, { kind: "open", history: { attempts: 0, inDoubt: false } }],
    ["started when it has a contact", started, CLAIM, { kind: "started", contactId: "contact-1" }],
    ["started for another message of the same content", started, OTHER_MESSAGE, { kind: "started" }],
    ["refused when the contact is of other content", started, OTHER_CONTENT, { failure: { code: "ContentDiffers" } }],
    ["held while a lease runs", open({ lease: lease(NOW + 1) }), CLAIM, { kind: "held", untilMs: NOW + 1 }],
    [
      "in doubt when a lease has run out",
      open({ lease: lease(NOW) }),
      CLAIM,
      { kind: "open", history: { inDoubt: true } },
    ],
    [
      "open, with its history, between two attempts",
      open(),
      CLAIM,
      { kind: "open", history: { attempts: 2, inDoubt: false } },
    ],
    ["refused for other content between two attempts", open(), OTHER_CONTENT, { failure: { code: "ContentDiffers" } }],
    [
      "refused for other content while a lease runs",
      open({ lease: lease(NOW + 1) }),
      OTHER_CONTENT,
      { kind: "refused" },
    ],
    [
      "open while its doubt is younger than the token's window",
      open({ doubtSinceMs: NOW - 12 * HOUR + 1 }),
      CLAIM,
      { kind: "open", history: { inDoubt: true } },
    ],
    [
      "with an unknown outcome when its doubt is as old as the token's window",
      open({ doubtSinceMs: NOW - 12 * HOUR }),
      CLAIM,
      { kind: "outcome-unknown" },
    ],
    [
      "with an unknown outcome when the worker that died began as long ago",
      open({ lease: { ...lease(NOW), sinceMs: NOW - 12 * HOUR } }),
      CLAIM,
      { kind: "outcome-unknown" },
    ],
    [
      "refused again for the message that was given up",
      failed(),
      CLAIM,
      { kind: "refused", failure: { code: "InvalidRequestException" }, history: { attempts: 2 } },
    ],
    [
      "open anew for another message",
      failed(),
      OTHER_MESSAGE,
      { kind: "open", history: { attempts: 0, inDoubt: false } },
    ],
    [
      "open anew for corrected content",
      failed(),
      OTHER_CONTENT,
      { kind: "open", history: { attempts: 0, inDoubt: false } },
    ],
    [
      "open for another message while in doubt and protected",
      failed({ doubtSinceMs: NOW - HOUR }),
      OTHER_MESSAGE,
      { kind: "open", history: { attempts: 0, inDoubt: true } },
    ],
    [
      "refused for other content while in doubt",
      failed({ doubtSinceMs: NOW - HOUR }),
      OTHER_CONTENT,
      { kind: "refused" },
    ],
    [
      "with an unknown outcome when it is in doubt and protected no longer",
      failed({ doubtSinceMs: NOW - 13 * HOUR }),
      OTHER_MESSAGE,
      { kind: "outcome-unknown" },
    ],
    [
      "with an unknown outcome after its token was refused, protected or not",
      failed({ doubtSinceMs: NOW - HOUR, failure: tokenConflict, tokenRefused: true }),
      OTHER_MESSAGE,
      { kind: "outcome-unknown" },
    ],
    [
      "open once an operator has accepted a possible duplicate",
      failed({ doubtSinceMs: NOW - 13 * HOUR, failure: tokenConflict, tokenRefused: true, duplicateAccepted: true }),
      OTHER_CONTENT,
      { kind: "open", history: { attempts: 0, inDoubt: true } },
    ],
  ])("%s", (_claim, item, claim, standing) => {
    expect(standingOf(item, claim, NOW)).toMatchObject(standing);
  });
});
