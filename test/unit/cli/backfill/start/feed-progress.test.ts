import { expect, test } from "@jest/globals";
import { FeedProgress } from "#cli/backfill/start/feed-progress.ts";

function shown() {
  const dones: number[] = [];
  let words = "";
  const progress = {
    show: (done: number, text: () => string) => {
      dones.push(done);
      words = text();
    },
    end: () => undefined,
  };
  return { progress, dones, words: () => words };
}

test("is full at the end, whoever fed the rows", () => {
  const { progress, dones, words } = shown();
  const feeding = new FeedProgress({ rows: 10, before: 3 }, progress);
  feeding.fedByOthers(4);
  expect(words()).toMatch(/^7 of 10 rows, 0 a second, 0 refused$/);
  for (const kind of ["sent", "refused", "sent"] as const) feeding.row(kind);

  expect(dones).toEqual([7, 8, 9, 10]);
  expect(words()).toMatch(/^10 of 10 rows, \d+ a second, 1 refused, 0 seconds left$/);
});
