import { expect, test } from "@jest/globals";
import { LatelyStarted } from "#cli/backfill/watch/lately-started.ts";
import type { RowOutcome } from "#cli/backfill/watch/row-outcome.ts";

const FROM_MS = 1_000_000;

const waiting: RowOutcome = {
  row: { kind: "request", line: 2, key: "k", requestId: "spring/k", places: [], belongs: true },
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

test("what has been started lately is counted by rows, and by contacts: rows of one key have one", () => {
  const lately = new LatelyStarted(FROM_MS);
  const outcomes = [
    started("before", FROM_MS - 1),
    started("one", FROM_MS),
    started("one", FROM_MS),
    started("two", FROM_MS + 5),
    waiting,
  ];
  for (const outcome of outcomes) lately.add(outcome);

  expect([lately.rows, lately.contacts]).toEqual([3, 2]);
});
