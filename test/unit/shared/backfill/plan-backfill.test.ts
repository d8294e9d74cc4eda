import { describe, expect, test } from "@jest/globals";
import type { BackfillJob } from "#shared/backfill/backfill-job.ts";
import type { BackfillPlan } from "#shared/backfill/plan/backfill-plan.ts";
import { cautions } from "#shared/backfill/plan/cautions.ts";
import { planBackfill } from "#shared/backfill/plan/plan-backfill.ts";
import type { PlanTerms } from "#shared/backfill/plan/plan-terms.ts";
import { aChatRequest, aTaskRequest } from "#test/support/a-contact-request.ts";
import { aFile } from "./a-file.ts";
import { aCsvJob, aRequestsJob, aTaskTemplate } from "./a-job.ts";
import { planSettings } from "./plan-settings.ts";

const NOW = "2026-11-20T12:00:00Z";
const ms = (iso: string): number => Date.parse(iso);
const iso = (atMs: number | null | undefined) =>
  atMs === null || atMs === undefined ? null : new Date(atMs).toISOString();

async function planned(
  content: string,
  job: BackfillJob = aCsvJob(),
  terms: Partial<PlanTerms> = {},
): Promise<BackfillPlan> {
  const plan = await planBackfill(
    { job, open: aFile(content) },
    { nowMs: ms(NOW), settings: planSettings(), ...terms },
  );
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  return plan.value;
}

const rowsOf = (count: number): string =>
  `id,name\n${Array.from({ length: count }, (_, index) => `${index},x\n`).join("")}`;

const requests = (count: number, one: (index: number) => object): string =>
  Array.from({ length: count }, (_, index) => `${JSON.stringify(one(index))}\n`).join("");

/** Takes no place, so that only the time counts. */
const completed = (overrides: object = {}) =>
  aCsvJob({ template: { ...aTaskTemplate({ Name: "{{name}}", InitiateAs: "COMPLETED" }), ...overrides } });

const reasonsOf = ({ verdict }: BackfillPlan): readonly string[] =>
  verdict.kind === "possible" ? [] : verdict.reasons;

describe("what a plan counts", () => {
  const file = `id,name\n1,Ada\n2,Ada,Ada\n3,${"x".repeat(1_025)}\n4,Grace\n1,Ada\n4,Other\nwith space,${"x".repeat(1_025)}\n`;

  test("are good and refused rows, by rule with their first lines, and duplicates", async () => {
    const plan = await planned(file);
    expect(plan).toMatchObject({ rows: 7, good: 4, refused: 3, contacts: 2, otherRules: 0, outsideJob: 0 });
    expect(plan.rules.map(({ path, code, rows, lines }) => ({ path, code, rows, lines }))).toEqual([
      { path: "input.Name", code: "too-long", rows: 2, lines: [4, 8] },
      { path: "", code: "cell-count", rows: 1, lines: [3] },
      { path: "requestId", code: "pattern", rows: 1, lines: [8] },
    ]);
    expect(plan.duplicates).toEqual({
      rows: 2,
      differing: 1,
      keys: [
        { key: "1", firstLine: 2, rows: 1, differing: 0, lines: [6] },
        { key: "4", firstLine: 5, rows: 1, differing: 1, lines: [7] },
      ],
    });
    expect(plan.verdict).toEqual({ kind: "possible" });
    expect(plan.cautions).toEqual([
      "1 row with the key of an earlier row, but another content: which of them is sent is left to chance, and the others become dead letters. Give each row a key of its own.",
    ]);
  });

  test("is heard by a visitor, row by row and in order, who is waited for", async () => {
    const heard: string[] = [];
    let isBusy = false;
    const visit = async ({ kind, line }: { kind: string; line: number }) => {
      expect(isBusy).toBe(false);
      isBusy = true;
      await Promise.resolve();
      isBusy = false;
      heard.push(`${line} ${kind}`);
    };
    await planBackfill({ job: aCsvJob(), open: aFile(file), visit }, { nowMs: 0, settings: planSettings() });
    expect(heard).toEqual(["2 good", "3 refused", "4 refused", "5 good", "6 good", "7 good", "8 refused"]);
  });

  test("is plain data, which JSON can carry", async () => {
    const plan = await planned(file);
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  });

  test("of contact requests are the keys that they have, and those that a cancel does not reach", async () => {
    const ids = ["spring/1", "billing/1", "billing/1"];
    const plan = await planned(
      requests(3, (index) => aTaskRequest({ requestId: ids[index] ?? "" })),
      aRequestsJob(),
    );
    expect(plan).toMatchObject({
      good: 3,
      contacts: 2,
      outsideJob: 2,
      duplicates: { rows: 1, keys: [{ lines: [3] }] },
    });
    expect(plan.cautions.join()).toContain("A cancel of the job does not reach 2 rows");
  });
});

describe("there is no plan", () => {
  const refusal = async (content: string, job: BackfillJob = aCsvJob()) => {
    const plan = await planBackfill({ job, open: aFile(content) }, { nowMs: 0, settings: planSettings() });
    if (plan.ok) throw new Error("There is one.");
    return "kind" in plan.error ? plan.error.kind : plan.error.map(({ code }) => code).join();
  };

  test.each([
    ["of an empty file", "", "empty"],
    ["of a header alone", "id,name\n", "no-rows"],
    ["of a file that ends within quotes", 'id,name\n1,Ada\n2,"Grace\n', "unclosed-quote"],
    ["where the template names other columns", "ident,nam\n1,Ada\n", "unknown-key-column,unknown-column"],
  ])("%s", async (_what, content, expected) => expect(await refusal(content)).toBe(expected));
});

describe("the time that a plan reckons", () => {
  test("is that of the quota, from now on, without hours", async () => {
    const { schedule, pace } = await planned(rowsOf(1_004), completed());
    expect(pace).toEqual({ api: "CreateContact", ratePerSecond: 2, burst: 4 });
    expect(schedule).toEqual({ quotaMs: 500_000, beginsMs: ms(NOW), endsMs: ms(NOW) + 500_000, waiting: 0 });
  });

  test("counts each key once", async () => {
    const { schedule } = await planned(`id,name\n${"1,x\n".repeat(1_000)}`, completed());
    expect(schedule?.quotaMs).toBe(0);
  });

  test("goes on in open hours only, and what is left at their end waits", async () => {
    const sendingHours = { from: "12:00", to: "12:05", timeZone: "UTC" };
    // In five minutes 4 + 600 of them.
    const { schedule } = await planned(rowsOf(1_004), completed({ sendingHours }));
    expect(schedule).toMatchObject({ quotaMs: 500_000, waiting: 400 });
    expect(iso(schedule?.endsMs)).toBe("2026-11-21T12:03:20.000Z");
  });

  test("begins with the hours, and all rows wait for them", async () => {
    const sendingHours = { from: "13:00", to: "20:00", timeZone: "UTC" };
    const { schedule } = await planned(rowsOf(1_004), completed({ sendingHours }));
    expect(iso(schedule?.beginsMs)).toBe("2026-11-20T13:00:00.000Z");
    expect(iso(schedule?.endsMs)).toBe("2026-11-20T13:08:20.000Z");
    expect(schedule?.waiting).toBe(1_004);
  });

  test("is that of the narrowest hours where rows differ", async () => {
    const hours = [
      { from: "00:00", to: "12:00", timeZone: "UTC" },
      { from: "06:00", to: "23:00", timeZone: "UTC" },
    ];
    const file = requests(10, (index) => ({
      ...aTaskRequest({ requestId: `spring/${index}`, input: { InitiateAs: "COMPLETED" } }),
      sendingHours: hours[index % 2],
    }));
    const { schedule } = await planned(file, aRequestsJob());
    expect(iso(schedule?.beginsMs)).toBe("2026-11-20T12:00:00.000Z");
    expect(iso(schedule?.endsMs)).toBe("2026-11-21T00:00:03.000Z");
    expect(schedule?.waiting).toBe(5);
  });

  test("waits for the rows' own notBefore", async () => {
    const file = `id,name,at\n${Array.from({ length: 1_004 }, (_, index) => `${index},x,2026-11-2${index < 504 ? 3 : 0}T00:00:00Z\n`).join("")}`;
    const plan = await planned(file, completed({ notBefore: "{{at}}" }));
    expect(iso(plan.schedule?.endsMs)).toBe("2026-11-23T00:04:10.000Z");
    expect(plan.schedule?.waiting).toBe(504);
    expect(plan.latestNotBefore).toEqual({ atMs: ms("2026-11-23T00:00:00Z"), rows: 504, line: 2 });
  });

  test("is that of the notBefore whose rows end last, which need not be the latest", async () => {
    const at = (index: number) => `2026-11-23T00:0${index < 1_000 ? 0 : 1}:00Z`;
    const file = `id,name,at\n${Array.from({ length: 1_001 }, (_, index) => `${index},x,${at(index)}\n`).join("")}`;
    const { schedule } = await planned(file, completed({ notBefore: "{{at}}" }));
    expect(iso(schedule?.endsMs)).toBe("2026-11-23T00:08:18.500Z");
  });

  test("is null where no row is good", async () => {
    const plan = await planned("id,name\n,x\n");
    expect(plan).toMatchObject({ schedule: null, contacts: 0, verdict: { kind: "impossible" } });
    expect(reasonsOf(plan)).toEqual([expect.stringContaining("No row is good")]);
  });
});

describe("a plan is impossible", () => {
  test("where it ends behind what the queue keeps, less the margin", async () => {
    const limit = { retention: { queueSeconds: 3_600, deadLetterSeconds: 7_200, staleMarginSeconds: 3_100 } };
    const terms = { settings: planSettings(limit) };
    expect((await planned(rowsOf(1_004), completed(), terms)).verdict.kind).toBe("possible");
    const plan = await planned(rowsOf(1_005), completed(), terms);
    expect(plan.staleMs).toBe(ms(NOW) + 500_000);
    expect(reasonsOf(plan)).toEqual([
      "The last row could be sent at 2026-11-20 12:08 UTC, and what is fed now is dead-lettered as too old from 2026-11-20 12:08 UTC on (the queue's retention less the margin). At 2 a second it takes 8 minutes 21 seconds day and night: split the file and start the parts one after the other, widen the sending hours, bring notBefore forward, or ask AWS for a higher quota of CreateContact.",
    ]);
  });

  test("where hours are so narrow that no end is in sight", async () => {
    const sendingHours = { from: "12:00", to: "12:01", timeZone: "UTC" };
    const plan = await planned(rowsOf(4_000), completed({ sendingHours }));
    expect(plan.schedule?.endsMs).toBeNull();
    expect(reasonsOf(plan)).toEqual([expect.stringContaining("more than 30 days from now")]);
  });

  test("where notBefore lies behind what the queue keeps", async () => {
    const plan = await planned(rowsOf(1), completed({ notBefore: "2026-12-03T00:00:01Z" }));
    expect(reasonsOf(plan)).toEqual([expect.stringContaining("The last row could be sent at 2026-12-03 00:00 UTC")]);
    const sooner = await planned(rowsOf(1), completed({ notBefore: "2026-12-03T00:00:00Z" }));
    expect(sooner.verdict.kind).toBe("possible");
  });

  test("where more rows expire than can be sent before", async () => {
    const inTime = await planned(rowsOf(1_004), completed({ expiresAt: "2026-11-20T12:08:20Z" }));
    expect(inTime.verdict.kind).toBe("possible");
    expect(inTime.cautions).toEqual([]);
    const plan = await planned(rowsOf(1_005), completed({ expiresAt: "2026-11-20T12:08:20Z" }));
    expect(reasonsOf(plan)).toEqual([
      "1,005 rows would have to be sent before 2026-11-20 12:08 UTC, when the one on line 2 expires, and the quota lets 1,004 rows through by then. Give them a later expiresAt, widen the sending hours, or leave rows out.",
    ]);
    expect(plan.earliestExpiry).toEqual({ atMs: ms("2026-11-20T12:08:20Z"), rows: 1_005, line: 2 });
  });

  test("where only closed hours are left before rows expire", async () => {
    const sendingHours = { from: "12:00", to: "12:01", timeZone: "UTC" };
    const plan = await planned(rowsOf(125), completed({ sendingHours, expiresAt: "2026-11-21T11:00:00Z" }));
    expect(reasonsOf(plan)).toEqual([expect.stringContaining("the quota lets 124 rows through by then")]);
  });

  test("where every row has expired", async () => {
    const plan = await planned(rowsOf(2), completed({ expiresAt: NOW }));
    expect(reasonsOf(plan)).toEqual([expect.stringContaining("Every row expires before the first could be sent")]);
  });

  test("where the cap on open contacts lets too few through", async () => {
    const { requestId: _ownOfEachRow, ...template } = aChatRequest();
    const job = aCsvJob({ operation: "StartOutboundChatContact", template });
    expect((await planned(rowsOf(6_500), job)).verdict.kind).toBe("possible");
    const plan = await planned(rowsOf(6_501), job);
    expect(plan.openContacts).toEqual([{ kind: "chat", rows: 6_501, cap: 500, minutes: 1_500, perDay: 480 }]);
    expect(reasonsOf(plan)).toEqual([
      "At most 480 chat contacts a day: 500 may be open at once, and one keeps its place for 1 day 1 hour if nobody ends it. So the last of 6,501 could be sent 13 days 13 hours from now, and what is fed now is dead-lettered as too old from 2026-12-03 00:00 UTC on (the queue's retention less the margin). Split the file, raise the cap, or say for how long a contact stays open if your flow or your agents end it sooner.",
    ]);
    expect((await planned(rowsOf(6_501), job, { contactMinutes: 60 })).verdict.kind).toBe("possible");
  });

  test("where the cap lets too few through before all rows expire", async () => {
    const job = (expiresAt: string) => aCsvJob({ template: { ...aTaskTemplate(), expiresAt } });
    expect(reasonsOf(await planned(rowsOf(2_501), job("2026-11-27T12:00:00Z")))).toEqual([]);
    expect(reasonsOf(await planned(rowsOf(2_501), job("2026-11-27T11:59:59Z")))).toEqual([
      expect.stringContaining("all rows expire by 2026-11-27 11:59 UTC"),
    ]);
  });
});

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
        "Before the last row is sent, 1 row will have expired, the first at 2026-11-20 12:00 UTC",
      ),
    ]);
  });

  test("where rows that expire one after the other can all be sent in time", async () => {
    const at = (index: number) => (index < 100 ? "2026-11-20T12:01:00Z" : "2026-11-20T12:08:20Z");
    const plan = await expiring(Array.from({ length: 1_004 }, (_, index) => at(index)));
    expect(plan.verdict.kind).toBe("possible");
    expect(plan.cautions).toEqual([expect.stringContaining("100 rows will have expired")]);
  });

  test("where a cap slows it down", async () => {
    const plan = await planned(rowsOf(2_501));
    expect(plan.verdict.kind).toBe("possible");
    expect(plan.cautions).toEqual([
      "At most 357 a day if every task keeps its place for 7 days: 2,500 tasks may be open at once.",
    ]);
  });

  test.each([
    [120_000, 0],
    [120_001, 1],
  ])("where more rows wait for hours than SQS hides: %d give %d", (waiting, many) => {
    const findings = {
      nowMs: 0,
      contacts: 200_000,
      pace: { api: "CreateContact", ratePerSecond: 2, burst: 4 },
      schedule: { quotaMs: 0, beginsMs: 0, endsMs: 0, waiting },
      staleMs: 0,
      expiries: [],
      hours: undefined,
      limits: [],
    } as const;
    const told = cautions(findings, { duplicates: { rows: 0, differing: 0, keys: [] }, outsideJob: 0 });
    expect(told).toHaveLength(many);
  });
});
