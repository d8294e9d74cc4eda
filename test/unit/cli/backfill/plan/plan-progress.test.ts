import { expect, test } from "@jest/globals";
import { PlanProgress } from "#cli/backfill/plan/plan-progress.ts";

/** Writes down what would be shown. */
function paper() {
  const lines: string[] = [];
  const start = ({ total, title }: { total: number; title: string }) => ({
    show: (done: number, words: () => string) => {
      lines.push(`${title}: ${done} of ${total}, ${words()}`);
    },
    end: () => {
      lines.push(`${title} ended`);
    },
  });
  return { lines, start };
}

test("shows the bytes of each time that the file is read, and of which kind it is", () => {
  const { lines, start } = paper();
  const progress = new PlanProgress(100, start);
  progress.addBytes(60);
  progress.addRow({ kind: "good" });
  progress.addRow({ kind: "refused" });
  progress.addRow({ kind: "undeliverable" });
  progress.addBytes(40);
  progress.compare({ pass: 1, passes: 1 });
  progress.addBytes(100);
  progress.end();

  expect(lines).toEqual([
    "Reading: 60 of 100, 0 rows, 0 refused",
    "Reading: 100 of 100, 3 rows, 2 refused",
    "Reading ended",
    "Comparing keys: 100 of 100, 3 rows, 2 refused",
    "Comparing keys ended",
  ]);
});

test("tells several times of comparing apart", () => {
  const { lines, start } = paper();
  const progress = new PlanProgress(100, start);
  progress.compare({ pass: 1, passes: 2 });
  progress.compare({ pass: 2, passes: 2 });
  progress.end();

  expect(lines).toEqual(["Reading ended", "Comparing keys (1 of 2) ended", "Comparing keys (2 of 2) ended"]);
});
