import { describe, expect, test } from "@jest/globals";
import { type FileRow, fileRow, keysOf } from "#cli/backfill/watch/file-row.ts";
import { type Circumstances, rowOutcome } from "#cli/backfill/watch/row-outcome.ts";
import type { RowReading } from "#cli/backfill/watch/row-reading.ts";
import type { CandidateRow } from "#shared/backfill/candidate-row.ts";
import { requestKey } from "#shared/contract/state-key.ts";
import type { Failure } from "#shared/failures/failure.ts";
import type { LedgerItem } from "#shared/ledger/ledger-item.ts";
import { anOutboundEmailRequest, aTaskRequest } from "#test/support/a-contact-request.ts";
import { AN_INSTANCE } from "#test/support/a-worker.ts";

const NOW_MS = Date.parse("2026-11-20T12:00:00Z");
const GOES_ON: Circumstances = { isCancelled: false, isFed: true, nowMs: NOW_MS };
const CANCELLED: Circumstances = { isCancelled: true, isFed: true, nowMs: NOW_MS };
const BEING_FED: Circumstances = { ...GOES_ON, isFed: false };
const CANCELLED_UNFED: Circumstances = { ...CANCELLED, isFed: false };
const READING: RowReading = { job: "spring", served: [AN_INSTANCE], servedAtStart: [AN_INSTANCE] };

const rowOf = (request: unknown, reading = READING): FileRow =>
  fileRow({ kind: "candidate", line: 7, key: "4711", request } satisfies CandidateRow, reading);

const TASK = rowOf(aTaskRequest({ requestId: "spring/4711" }));
const EMAIL = rowOf(anOutboundEmailRequest({ requestId: "spring/4711" }));
const hashOf = (row: FileRow): string => (row.kind === "request" ? (row.place?.contentHash ?? "") : "");

const tried = { version: 3, contentHash: hashOf(TASK), attempts: 2, lastAttemptAtMs: NOW_MS - 5_000 };
const started: LedgerItem = { ...tried, state: "started", contactId: "contact-1" };
const open: LedgerItem = { ...tried, state: "open" };
const failedAs = (kind: Failure["kind"], code: string): LedgerItem => ({
  ...tried,
  state: "failed",
  failure: { kind, code, message: "No." },
  messageId: "m-1",
});
const lease = { attemptId: "a-1", sinceMs: NOW_MS - 1_000 };

/** What the ledger has of a row: its own item, and that of its draft. */
function written(row: FileRow, item?: LedgerItem, draft?: LedgerItem) {
  const [own, ofDraft] = keysOf([row]);
  const entries = [
    ...(item === undefined || own === undefined ? [] : [[requestKey(own), item] as const]),
    ...(draft === undefined || ofDraft === undefined ? [] : [[requestKey(ofDraft), draft] as const]),
  ];
  return new Map(entries.map(([key, each]) => [key, { item: each, writtenAtMs: NOW_MS - 1_000 }]));
}

describe("what became of a row", () => {
  test.each<[string, LedgerItem | undefined, Circumstances, object]>([
    ["that nobody has begun waits", undefined, GOES_ON, { state: "waiting", attempts: 0, contact: "none" }],
    [
      "with a contact is started",
      started,
      GOES_ON,
      { state: "started", contact: "made", contactId: "contact-1", attempts: 2, differs: false },
    ],
    ["is told by when it was written down", started, GOES_ON, { atMs: NOW_MS - 1_000 }],
    ["that was tried waits", open, GOES_ON, { state: "waiting", attempts: 2, contact: "none" }],
    [
      "in a call waits for its answer",
      { ...open, lease: { ...lease, untilMs: NOW_MS + 1 } },
      GOES_ON,
      { state: "waiting", contact: "calling" },
    ],
    [
      "in a call again after one without an answer is in doubt all the same",
      { ...open, doubtSinceMs: 1, lease: { ...lease, untilMs: NOW_MS + 1 } },
      GOES_ON,
      { state: "waiting", contact: "unknown" },
    ],
    [
      "whose worker died is in doubt",
      { ...open, lease: { ...lease, untilMs: NOW_MS } },
      GOES_ON,
      { state: "waiting", contact: "unknown" },
    ],
    ["without an answer is in doubt", { ...open, doubtSinceMs: 1 }, GOES_ON, { state: "waiting", contact: "unknown" }],
    [
      "of which an earlier round is in doubt is so too",
      { ...failedAs("rejected", "X"), earlierDoubt: true },
      GOES_ON,
      { state: "failed", contact: "unknown" },
    ],
    [
      "that Connect refuses failed",
      failedAs("rejected", "X"),
      GOES_ON,
      { state: "failed", code: "X", contact: "none" },
    ],
    [
      "that was cancelled is cancelled",
      failedAs("cancelled", "Cancelled"),
      CANCELLED,
      { state: "cancelled", code: "Cancelled" },
    ],
    [
      "given up in doubt failed, in doubt",
      { ...failedAs("outcome-unknown", "OutcomeUnknown"), doubtSinceMs: 1 },
      CANCELLED,
      { state: "failed", code: "OutcomeUnknown", contact: "unknown" },
    ],
    ["of a cancelled job is cancelled before its message comes back", undefined, CANCELLED, { state: "cancelled" }],
    ["that is not fed yet waits", undefined, BEING_FED, { state: "waiting" }],
    ["of a cancelled job that is not fed is cancelled", undefined, CANCELLED_UNFED, { state: "cancelled" }],
    ["of a cancelled job that was tried in vain is cancelled", open, CANCELLED, { state: "cancelled", attempts: 2 }],
    [
      "of a cancelled job in a call, which is the last, has failed as far as is known",
      { ...open, lease: { ...lease, untilMs: NOW_MS + 1 } },
      CANCELLED,
      { state: "failed", contact: "calling" },
    ],
    [
      "of a cancelled job in doubt failed, since it is not called again",
      { ...open, doubtSinceMs: 1 },
      CANCELLED,
      { state: "failed", code: "OutcomeUnknown", contact: "unknown" },
    ],
    [
      "of a cancelled job whose worker died failed, since it is not called again",
      { ...open, lease: { ...lease, untilMs: NOW_MS } },
      CANCELLED,
      { state: "failed", code: "OutcomeUnknown", contact: "unknown" },
    ],
    ["of a cancelled job with a contact is started", started, CANCELLED, { state: "started" }],
    [
      "that was corrected after it had failed has the contact that the correction has",
      { ...started, contentHash: "other" },
      GOES_ON,
      { state: "started", contact: "made", contactId: "contact-1", attempts: 2, differs: true },
    ],
    [
      "that was corrected in vain failed as the correction did",
      { ...failedAs("rejected", "X"), contentHash: "other", doubtSinceMs: 1 },
      GOES_ON,
      { state: "failed", code: "X", contact: "unknown", attempts: 2, differs: true },
    ],
    [
      "whose correction is being called waits",
      { ...open, contentHash: "other", lease: { ...lease, untilMs: NOW_MS + 1 } },
      GOES_ON,
      { state: "waiting", contact: "calling", differs: true },
    ],
  ])("%s", (_what, item, circumstances, expected) => {
    expect(rowOutcome(TASK, written(TASK, item), circumstances)).toMatchObject({ row: TASK, ...expected });
  });

  test.each([
    ["goes on", GOES_ON, "failed"],
    ["is cancelled", CANCELLED, "cancelled"],
  ])(
    "for an instance that is not served is known without the ledger when the job %s",
    (_what, circumstances, state) => {
      const row = rowOf(aTaskRequest({ requestId: "spring/1", input: { InstanceId: "elsewhere" } }));
      expect([keysOf([row]), rowOutcome(row, new Map(), circumstances)]).toMatchObject([
        [],
        { state, code: "InstanceNotServed" },
      ]);
    },
  );

  describe("when the deployment serves other instances than at the start", () => {
    const OTHER = { ...AN_INSTANCE, id: "other", arn: AN_INSTANCE.arn.replace(AN_INSTANCE.id, "other") };
    const request = aTaskRequest({ requestId: "spring/4711" });
    const naming = (InstanceId: string) => ({ ...request, input: { ...request.input, InstanceId } });
    const both: RowReading = { ...READING, served: [OTHER, AN_INSTANCE] };
    const another: RowReading = { ...READING, served: [OTHER] };

    test.each<[string, unknown, RowReading, string | undefined]>([
      ["a row that names none is looked up in the first one of the start", request, both, AN_INSTANCE.id],
      ["… also when that is served no longer", request, another, AN_INSTANCE.id],
      ["a row that names one of the start is looked up there", naming(AN_INSTANCE.arn), another, AN_INSTANCE.id],
      ["a row that names one that is served since is looked up there", naming("other"), another, OTHER.id],
      ["a row that names any other is not looked up", naming("elsewhere"), both, undefined],
    ])("%s", (_what, content, reading, instanceId) => {
      expect(keysOf([rowOf(content, reading)])[0]?.instanceId).toBe(instanceId);
    });

    test.each<[string, unknown, RowReading, object]>([
      ["a row that was not sent waits where its instance is served", request, both, { state: "waiting" }],
      ["… and has failed where it is not", request, another, { state: "failed", code: "InstanceNotServed" }],
      ["… or is another one that nobody serves", naming("elsewhere"), both, { code: "InstanceNotServed" }],
    ])("%s", (_what, content, reading, expected) => {
      expect(rowOutcome(rowOf(content, reading), new Map(), GOES_ON)).toMatchObject(expected);
    });

    test("a row that was sent to one that is served no longer has the contact that it got there", () => {
      const row = rowOf(request, another);
      expect(rowOutcome(row, written(row, started), GOES_ON)).toMatchObject({ state: "started", differs: false });
    });
  });

  test("that the contract refuses is refused, by its first issue, whatever became of the job", () => {
    const row = rowOf({ ...aTaskRequest({ requestId: "spring/1" }), extra: 1 });
    for (const circumstances of [GOES_ON, CANCELLED]) {
      expect(rowOutcome(row, new Map(), circumstances)).toMatchObject({ state: "refused", code: "unknown-member" });
    }
  });

  test("whose requestId is not the job's goes on when the job is cancelled", () => {
    const row = rowOf(aTaskRequest({ requestId: "billing/1" }));
    expect(rowOutcome(row, new Map(), CANCELLED)).toMatchObject({ state: "waiting", row: { belongs: false } });
    expect(rowOutcome(row, written(row, open), CANCELLED_UNFED)).toMatchObject({ state: "waiting" });
  });

  test("whose requestId is not the job's is cancelled with the job as long as it is not fed", () => {
    const row = rowOf(aTaskRequest({ requestId: "billing/1" }));
    expect(rowOutcome(row, new Map(), CANCELLED_UNFED)).toMatchObject({ state: "cancelled", row: { belongs: false } });
  });
});

describe("what became of an outbound e-mail", () => {
  const item = (other: LedgerItem): LedgerItem => ({ ...other, contentHash: hashOf(EMAIL) });
  const draft = item({ ...started, contactId: "draft-1" });
  test.each<[string, LedgerItem | undefined, LedgerItem | undefined, Circumstances, object]>([
    ["is what became of what was sent", item(started), draft, GOES_ON, { state: "started", contactId: "contact-1" }],
    ["waits while there is a draft alone", undefined, draft, GOES_ON, { state: "waiting" }],
    ["is cancelled while there is a draft alone", undefined, draft, CANCELLED, { state: "cancelled" }],
    ["failed with its draft", undefined, item(failedAs("rejected", "X")), GOES_ON, { state: "failed", code: "X" }],
    ["failed with its sending", item(failedAs("rejected", "Y")), draft, GOES_ON, { state: "failed", code: "Y" }],
    ["waits with neither", undefined, undefined, GOES_ON, { state: "waiting" }],
  ])("%s", (_what, sent, ofDraft, circumstances, expected) => {
    expect(rowOutcome(EMAIL, written(EMAIL, sent, ofDraft), circumstances)).toMatchObject(expected);
  });

  test("of another requestId goes on when the job is cancelled if it has a draft: so it was fed", () => {
    const row = rowOf(anOutboundEmailRequest({ requestId: "billing/1" }));
    const items = written(row, undefined, { ...draft, contentHash: hashOf(row) });
    expect(rowOutcome(row, items, CANCELLED_UNFED)).toMatchObject({ state: "waiting" });
  });

  test("has no ContactId of a draft on which nothing was sent", () => {
    expect(rowOutcome(EMAIL, written(EMAIL, undefined, draft), GOES_ON)).not.toHaveProperty("contactId");
  });
});

test("rows with one key are asked for once", () => {
  expect(keysOf([TASK, TASK, EMAIL]).map(({ operation }) => operation)).toEqual([
    "CreateContact",
    "OutboundEmail/StartOutboundEmailContact",
    "OutboundEmail/CreateContact",
  ]);
});
