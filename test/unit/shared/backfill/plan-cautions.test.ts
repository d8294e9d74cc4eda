import { describe, expect, test } from "@jest/globals";
import { cautions } from "#shared/backfill/plan/cautions.ts";
import { RowFacts } from "#shared/backfill/plan/row-facts.ts";
import { aTaskRequest } from "#test/support/a-contact-request.ts";
import { aRequestsJob } from "./a-job.ts";
import { planSettings } from "./plan-settings.ts";
import { completed, ms, planned, requests, rowsOf } from "./plan-world.ts";

describe("a plan is possible, with a caution", () => {
  const expiring = (moments: readonly string[]) =>
    planned(
      `id,name,at\n${moments.map((at, index) => `${index},x,${at}\n`).join("")}`,
      completed({ expiresAt: "{{at}}" }),
    );

  test("where some rows have expired", async () => {
    const plan = await expiring(["2026-12-01T00:00:00Z", "2026-11-20T11:00:00Z", "2026-11-20T12:00:00Z"]);
    expect(plan.verdict.kind).toBe("possible");
    expect(plan.cautions).toEqual(["Expired already: 2 rows, the first on line 3. Each becomes a dead letter."]);
  });

  test("where rows may expire before their turn", async () => {
    const plan = await expiring([...Array.from({ length: 100 }, () => "2026-12-01T00:00:00Z"), "2026-11-20T12:00:10Z"]);
    expect(plan.verdict.kind).toBe("possible");
    expect(plan.cautions).toEqual([
      expect.stringContaining(
        "of 1 row some may expire before their turn, the first at 2026-11-20 12:00 UTC (line 102)",
      ),
    ]);
  });

  test("where rows that expire one after the other can all be sent in time", async () => {
    const at = (index: number) => (index < 100 ? "2026-11-20T12:01:00Z" : "2026-11-20T12:08:20Z");
    const plan = await expiring(Array.from({ length: 1_004 }, (_, index) => at(index)));
    expect(plan.verdict.kind).toBe("possible");
    expect(plan.cautions).toEqual([expect.stringContaining("of 100 rows some may expire")]);
  });

  test("where a cap slows it down", async () => {
    const plan = await planned(rowsOf(2_501));
    expect(plan.verdict.kind).toBe("possible");
    expect(plan.cautions).toEqual([
      "At most 357 task contacts a day, day and night, if every one keeps its place for 7 days: 2,500 may be open at once. The last could then be sent at 2026-11-27 12:00 UTC at the earliest.",
    ]);
  });

  test.each([
    [120_000, 0],
    [120_001, 1],
  ])("where more rows wait for hours than SQS hides: %d give %d", (waiting, many) => {
    const findings = {
      nowMs: 0,
      facts: new RowFacts("spring", { nowMs: 0, settings: planSettings() }),
      pace: { api: "CreateContact", ratePerSecond: 2, burst: 4 },
      schedule: { quotaMs: 0, beginsMs: 0, endsMs: 0, waiting },
      staleMs: 0,
      works: [],
      late: [],
      limits: [],
    } as const;
    const others = { duplicates: { rows: 0, differing: 0, keys: [] }, isPossible: true };
    const told = cautions(findings, others);
    expect(told).toHaveLength(many);
  });
});
describe("a plan that reckons roughly says so", () => {
  const seconds = (index: number) => new Date(ms("2026-11-30T00:00:00Z") + index * 1_000).toISOString();

  test.each([
    [50, []],
    [
      60,
      [
        "Rows have more than 50 different sending hours: 20 rows are reckoned as if they could be sent at any time of the day.",
      ],
    ],
  ])("of rows of %d different hours", async (hours, notes) => {
    const plan = await planned(
      requests(120, (index) => ({
        ...aTaskRequest({ requestId: `spring/${index}` }),
        sendingHours: { from: `09:${String(index % hours).padStart(2, "0")}`, to: "20:00", timeZone: "UTC" },
      })),
      aRequestsJob(),
    );
    expect(plan.cautions).toEqual(notes);
  });

  test.each([
    [1_024, []],
    [
      1_025,
      [
        "Rows name very many different moments: notBefore is reckoned up to 4 seconds sooner, and expiresAt up to as much later, than they say.",
      ],
    ],
  ])("of rows of %d different moments", async (rows, notes) => {
    const file = `id,name,at\n${Array.from({ length: rows }, (_, index) => `${index},x,${seconds(index)}\n`).join("")}`;
    expect((await planned(file, completed({ expiresAt: "{{at}}" }))).cautions).toEqual(notes);
  });
});
