import { describe, expect, test } from "@jest/globals";
import { hindrances } from "#cli/backfill/plan/hindrances.ts";
import { planForPeople } from "#cli/backfill/plan/plan-for-people.ts";
import type { BackfillPlan } from "#shared/backfill/plan/backfill-plan.ts";

const NONE = { rows: 0, differing: 0, keys: [] };
const AT_MS = Date.parse("2026-11-30T09:00:00Z");

const aPlan = (overrides: Partial<BackfillPlan> = {}): BackfillPlan => ({
  job: "spring",
  operation: "CreateContact",
  rows: 1_000,
  good: 1_000,
  refused: 0,
  undeliverable: 0,
  rules: [],
  otherRules: 0,
  duplicates: NONE,
  contacts: 1_000,
  pace: { api: "CreateContact", ratePerSecond: 2, burst: 5 },
  schedule: { quotaMs: 497_500, beginsMs: AT_MS, endsMs: AT_MS + 497_500, waiting: 0 },
  staleMs: AT_MS + 86_400_000,
  openContacts: [],
  outsideJob: 0,
  verdict: { kind: "possible" },
  cautions: [],
  ...overrides,
});

describe("a plan, for people", () => {
  test("says what the file holds, how long it takes and when it ends", () => {
    expect(planForPeople(aPlan())).toEqual([
      "spring: CreateContact",
      "  rows            1,000",
      "  good            1,000",
      "  refused         0",
      "  duplicates      0",
      "  contacts        1,000",
      "  at the quota    8 minutes 18 seconds (CreateContact: 2 a second)",
      "  would end       2026-11-30 09:08 UTC",
      "  too old from    2026-12-01 09:00 UTC",
    ]);
  });

  test("names rules and keys with their lines", () => {
    const rule = { path: "input.Name", code: "required" as const, message: "must be there", rows: 7 };
    const plan = aPlan({
      rules: [
        { ...rule, lines: [3, 4, 5, 6, 7] },
        { path: "", code: "not-json", message: "must be JSON", rows: 1, lines: [9] },
      ],
      duplicates: {
        rows: 3,
        differing: 1,
        keys: [{ key: "k 1", firstLine: 2, rows: 3, differing: 1, lines: [4, 6], differingLines: [6] }],
      },
    });

    expect(planForPeople(plan)).toEqual(
      expect.arrayContaining([
        "      7: input.Name must be there (lines 3, 4, 5, 6, 7, …)",
        "      1: the row must be JSON (line 9)",
        '      "k 1" on line 2, again on lines 4, 6, …; asking for something else on line 6',
      ]),
    );
  });

  test("says how many rows were started before, where it was asked for", () => {
    expect(planForPeople(aPlan(), 12)).toContain("  started before  12");
  });

  test("is silent about times where no row is good, and says that others were left out", () => {
    const rule = { path: "", code: "not-json" as const, message: "must be JSON", rows: 1, lines: [1] };
    const lines = planForPeople(aPlan({ schedule: null, rules: Array.from({ length: 21 }, () => rule) }));

    expect(lines.filter((line) => line.includes("must be JSON"))).toHaveLength(20);
    expect(lines).toContain("      … and other rules; --json has more of them");
    expect(lines.join()).not.toContain("at the quota");
  });
});

describe("a file is not started as it is", () => {
  const impossible = { kind: "impossible", reasons: ["It takes too long."] } as const;

  test.each<readonly [string, Partial<BackfillPlan>, object, readonly RegExp[]]>([
    ["not where all is well", {}, {}, []],
    ["where the plan is impossible", { verdict: impossible }, {}, [/^It takes too long\.$/]],
    ["where rows would be refused", { refused: 2 }, {}, [/^2 rows would be refused\. .*--skip-refused/]],
    ["not where these are to be skipped", { refused: 2 }, { skipRefused: true }, []],
    [
      "where rows of one key differ, whatever is skipped",
      { duplicates: { ...NONE, rows: 1, differing: 1 } },
      { skipRefused: true },
      [/^1 row with the key of an earlier row/],
    ],
    [
      "where the deployment would not serve rows, whatever is skipped",
      { refused: 3, undeliverable: 2 },
      { skipRefused: true },
      [/^2 rows would become dead letters/],
    ],
    [
      "for each kind of refused rows",
      { refused: 3, undeliverable: 2 },
      {},
      [/^1 row would be refused/, /^2 rows would become dead letters/],
    ],
    ["not where rows are there twice", { duplicates: { ...NONE, rows: 1 } }, {}, []],
    ["for one reason where no row is good", { good: 0, refused: 2, verdict: impossible }, {}, [/^It takes too long/]],
  ])("%s", (_name, overrides, decisions, reasons) => {
    expect(hindrances(aPlan(overrides), decisions)).toEqual(reasons.map((each) => expect.stringMatching(each)));
  });
});
