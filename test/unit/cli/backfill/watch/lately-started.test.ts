import { expect, test } from "@jest/globals";
import { LatelyStarted } from "#cli/backfill/watch/lately-started.ts";
import type { RowOutcome } from "#cli/backfill/watch/row-outcome.ts";

const FROM_MS = 1_000_000;
const TO_MS = FROM_MS + 60_000;

const waiting: RowOutcome = {
  row: { kind: "request", line: 2, key: "k", requestId: "spring/k", belongs: true },
  state: "waiting",
  contact: "none",
  differs: false,
  attempts: 1,
  atMs: FROM_MS,
};

const started = (contactId: string, atMs: number): RowOutcome => ({
  ...waiting,
  state: "started",
  contact: "made",
  contactId,
  atMs,
});

test("what was started in a span of time, and not before or since, is counted by rows, and by contacts: rows of one key have one", () => {
  const lately = new LatelyStarted({ fromMs: FROM_MS, toMs: TO_MS });
  const outcomes = [
    started("before", FROM_MS - 1),
    started("one", FROM_MS),
    started("one", FROM_MS),
    started("two", TO_MS),
    started("since", TO_MS + 1),
    waiting,
  ];
  for (const outcome of outcomes) lately.add(outcome);

  expect([lately.rows, lately.contacts]).toEqual([3, 2]);
});
