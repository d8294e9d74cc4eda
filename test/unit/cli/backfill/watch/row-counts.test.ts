import { expect, test } from "@jest/globals";
import { RowCounts } from "#cli/backfill/watch/row-counts.ts";
import type { ContactKnowledge, RowOutcome, RowState } from "#cli/backfill/watch/row-outcome.ts";

const anOutcome = (state: RowState, contact: ContactKnowledge, more: Partial<RowOutcome> = {}): RowOutcome => ({
  row: { kind: "request", line: 2, key: "k", requestId: "billing/k", belongs: false },
  state,
  contact,
  differs: false,
  attempts: 1,
  ...more,
});

test("counts each row once by its state, and beside it those in doubt, with another content, and perhaps out of reach", () => {
  const counts = new RowCounts();
  const outcomes = [
    anOutcome("started", "made"),
    anOutcome("started", "made", { differs: true }),
    anOutcome("failed", "none"),
    anOutcome("failed", "unknown"),
    anOutcome("waiting", "calling"),
    anOutcome("waiting", "unknown"),
    anOutcome("cancelled", "none"),
    anOutcome("cancelled", "none", { atMs: 1 }),
  ];
  for (const outcome of outcomes) counts.add(outcome);

  expect(counts.byState).toEqual({ started: 2, failed: 2, waiting: 2, refused: 0, cancelled: 2 });
  expect([counts.rows, counts.inDoubt, counts.differing]).toEqual([8, 2, 1]);
  expect([counts.beyondReach, counts.perhapsBeyondReach]).toEqual([2, 1]);
});

test("no row of the job's own requestIds is out of reach", () => {
  const counts = new RowCounts();
  const row = { kind: "request", line: 2, key: "k", requestId: "spring/k", belongs: true } as const;
  counts.add(anOutcome("waiting", "none", { row }));
  counts.add(anOutcome("cancelled", "none", { row }));

  expect([counts.beyondReach, counts.perhapsBeyondReach]).toEqual([0, 0]);
});
