import { expect, test } from "@jest/globals";
import { beyondReach } from "#cli/backfill/watch/beyond-reach.ts";

test.each([
  [1_200, 0, /^1,200 rows go on: their requestIds do not begin with spring\/,.* Pause the lane/],
  [0, 300, /^Up to 300 rows may go on .*fed to its end\. .* Pause the lane/],
  [5, 300, /^5 rows go on: .* Up to 300 rows may go on .* Pause the lane/],
])("of a cancelled job %d rows go on, and perhaps %d more", (rows, perhaps, sentences) => {
  expect(beyondReach({ beyondReach: rows, perhapsBeyondReach: perhaps }, "spring")).toMatch(sentences);
});

test("nothing is said of a job of which all rows are known to be its own", () => {
  expect(beyondReach({ beyondReach: 0, perhapsBeyondReach: 0 }, "spring")).toBeUndefined();
});
