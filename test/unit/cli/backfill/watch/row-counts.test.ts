import { expect, test } from "@jest/globals";
import { RowCounts } from "#cli/backfill/watch/row-counts.ts";
import type { ContactKnowledge, RowOutcome, RowState } from "#cli/backfill/watch/row-outcome.ts";

const anOutcome = (state: RowState, contact: ContactKnowledge, differs = false): RowOutcome => ({
  row: { kind: "request", line: 2, key: "k", requestId: "billing/k", places: [], belongs: false },
  state,
  contact,
  differs,
  attempts: 1,
});

test("counts each row once by its state, and beside it those in doubt, with another content, and out of reach", () => {
  const counts = new RowCounts();
  const outcomes = [
    anOutcome("started", "made"),
    anOutcome("started", "made", true),
    anOutcome("failed", "none"),
    anOutcome("failed", "unknown"),
    anOutcome("waiting", "calling"),
    anOutcome("waiting", "unknown"),
    anOutcome("cancelled", "none"),
  ];
  for (const outcome of outcomes) counts.add(outcome);

  expect(counts.byState).toEqual({ started: 2, failed: 2, waiting: 2, refused: 0, cancelled: 1 });
  expect([counts.rows, counts.inDoubt, counts.differing, counts.beyondReach]).toEqual([7, 2, 1, 2]);
});
