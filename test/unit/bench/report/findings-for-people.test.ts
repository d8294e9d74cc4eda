import { expect, test } from "@jest/globals";
import { findingsForPeople } from "#bench/report/findings-for-people.ts";
import { atLeast } from "#bench/report/target.ts";

const FINDINGS = {
  conditions: {},
  measurements: {
    "2/s": [
      { name: "ours", contacts: 125, use: 0.98765, cost: null },
      { name: "theirs", contacts: 7, use: 0.5, cost: 2 },
    ],
  },
  targets: [atLeast("use of the quota", 0.98765, 0.97)],
  skipped: ["Something was left out."],
};

test("people read a column for each case, whether the targets are met, and what was left out", () => {
  expect(findingsForPeople(FINDINGS)).toEqual([
    "",
    "2/s",
    "",
    "            ours  theirs",
    "contacts     125       7",
    "use       0.9877     0.5",
    "cost           –       2",
    "",
    "targets                   measured",
    "use of the quota  ≥ 0.97    0.9877  met",
    "",
    "Something was left out.",
  ]);
});
