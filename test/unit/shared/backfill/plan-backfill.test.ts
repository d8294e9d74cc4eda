import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { BackfillJob } from "#shared/backfill/backfill-job.ts";
import type { BackfillPlan } from "#shared/backfill/plan/backfill-plan.ts";
import { cautions } from "#shared/backfill/plan/cautions.ts";
import { planBackfill } from "#shared/backfill/plan/plan-backfill.ts";
import type { PlanTerms } from "#shared/backfill/plan/plan-terms.ts";
import { aChatRequest, anEmailContactRequest, aTaskRequest } from "#test/support/a-contact-request.ts";
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
        { key: "4", firstLine: 5, rows: 1, differing: 1, lines: [7], differingLines: [7] },
        { key: "1", firstLine: 2, rows: 1, differing: 0, lines: [6], differingLines: [] },
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
      outsideJob: 1,
      duplicates: { rows: 1, keys: [{ lines: [3] }] },
    });
    expect(plan.cautions.join()).toContain("A cancel of the job does not reach 1 row,");
  });
});

describe("rows that are there twice", () => {
  const minutes = (count: number): string => new Date(ms(NOW) + count * 60_000).toISOString();
  const instance = (name: string) => `arn:aws:connect:us-east-1:111122223333:instance/${name}`;
  const someHours = fc
    .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 4, max: 23 }))
    .map(([from, to]) => ({ from: `0${from}:00`, to: `${String(to).padStart(2, "0")}:00`, timeZone: "UTC" }));
  const request = fc.record(
    {
      expiresAt: fc.integer({ min: 90, max: 99 }).map(minutes),
      notBefore: fc.integer({ min: -9, max: 9 }).map(minutes),
      sendingHours: someHours,
      input: fc.record(
        {
          InstanceId: fc.constantFrom("one", instance("one"), "two"),
          ChatDurationInMinutes: fc.constantFrom(60, 61, 600),
        },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: ["input"] },
  );
  const counts = { rows: 0, good: 0, duplicates: 0 };
  const job = aRequestsJob({ operation: "StartOutboundChatContact" });
  const settings = planSettings({
    openContacts: { chat: 3, email: 1, task: 1 },
    rates: { StartOutboundChatContact: 0.01 },
    connectInstanceArns: [instance("one"), instance("two")],
  });

  test("change nothing in a plan but the numbers of rows and of duplicates, whatever they ask for", async () => {
    const verdicts = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        fc.array(request, { minLength: 1, maxLength: 12 }),
        fc.array(fc.nat(), { minLength: 1, maxLength: 30 }),
        async (all, repeated) => {
          const lines = all.map((each, index) =>
            JSON.stringify(aChatRequest({ ...each, requestId: `${index % 3 === 0 ? "other" : "spring"}/${index}` })),
          );
          const again = repeated.map((index) => lines[index % lines.length]);
          const once = await planned(`${lines.join("\n")}\n`, job, { settings });
          const twice = await planned(`${[...lines, ...again].join("\n")}\n`, job, { settings });
          expect({ ...twice, ...counts }).toEqual({ ...once, ...counts });
          expect(twice.duplicates).toMatchObject({ rows: again.length, differing: 0 });
          verdicts.add(once.verdict.kind);
        },
      ),
      { seed: 20_261_120, numRuns: 100 },
    );
    expect(verdicts.size).toBe(2);
  });

  test("take no place among the open contacts", async () => {
    const plan = await planned(`id,name\n${"1,x\n".repeat(2_501 * 2)}`);
    expect(plan.openContacts).toMatchObject([{ rows: 1, waitMs: 0 }]);
    expect(plan.cautions).toEqual([]);
  });

  test("do not expire twice", async () => {
    const plan = await planned(`id,name\n${"1,x\n".repeat(2_000)}`, completed({ expiresAt: "2026-11-20T12:00:01Z" }));
    expect(reasonsOf(plan)).toEqual([]);
  });
});

describe("rows that the deployment's worker would refuse", () => {
  const SERVED = "arn:aws:connect:us-east-1:111122223333:instance/served";
  const ids = [undefined, "served", SERVED, "another", SERVED.replace("served", "another")];
  const file = requests(5, (index) =>
    aTaskRequest({
      requestId: `spring/${index}`,
      input: { ...(ids[index] !== undefined && { InstanceId: ids[index] }) },
    }),
  );

  test("are refused where they name an instance that is not served, and that one instance has one cap", async () => {
    const plan = await planned(file, aRequestsJob(), { settings: planSettings({ connectInstanceArns: [SERVED] }) });
    expect(plan).toMatchObject({ rows: 5, good: 3, refused: 2, undeliverable: 2, contacts: 3 });
    expect(plan.rules).toMatchObject([{ path: "input.InstanceId", code: "not-allowed", rows: 2, lines: [4, 5] }]);
    expect(plan.openContacts).toMatchObject([{ kind: "task", rows: 3 }]);
  });

  test("are good where nobody knows which are served", async () => {
    expect(await planned(file, aRequestsJob())).toMatchObject({ good: 5, refused: 0, undeliverable: 0 });
  });

  const email = (index: number) =>
    anEmailContactRequest({
      requestId: `spring/${index}`,
      input: {
        Attachments: [
          { FileName: "a.pdf", S3Url: "https://example.com/a.pdf" },
          { FileName: "b.pdf", S3Url: `s3://${index === 0 ? "letters" : "secrets"}/b.pdf` },
        ],
      },
    });

  test.each([
    ["are refused where an attachment is in a bucket that is not allowed", ["letters"], 1],
    ["are refused where no bucket is", [], 2],
    ["are good where nobody knows which buckets are", undefined, 0],
  ])("%s", async (_what, attachmentBuckets, refused) => {
    const settings = planSettings({ ...(attachmentBuckets !== undefined && { attachmentBuckets }) });
    const plan = await planned(requests(2, email), aRequestsJob({ operation: "StartEmailContact" }), { settings });
    expect(plan).toMatchObject({ refused, undeliverable: refused });
    if (refused === 1) expect(plan.rules).toMatchObject([{ path: "input.Attachments[1].S3Url", lines: [2] }]);
  });

  test("are no duplicates of each other", async () => {
    const twice = `${file}${file}`;
    const plan = await planned(twice, aRequestsJob(), { settings: planSettings({ connectInstanceArns: [SERVED] }) });
    expect(plan).toMatchObject({ contacts: 3, undeliverable: 4, duplicates: { rows: 3 } });
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
    // On the next day the quota has rested, and 4 leave at once.
    expect(iso(schedule?.endsMs)).toBe("2026-11-21T12:03:18.000Z");
  });

  test("begins with the hours, and all rows wait for them", async () => {
    const sendingHours = { from: "13:00", to: "20:00", timeZone: "UTC" };
    const { schedule } = await planned(rowsOf(1_004), completed({ sendingHours }));
    expect(iso(schedule?.beginsMs)).toBe("2026-11-20T13:00:00.000Z");
    expect(iso(schedule?.endsMs)).toBe("2026-11-20T13:08:20.000Z");
    expect(schedule?.waiting).toBe(1_004);
  });

  test("is that of each row's own hours where rows differ", async () => {
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
    expect(iso(schedule?.endsMs)).toBe("2026-11-21T00:00:00.500Z");
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
    expect(plan.schedule).toBeNull();
    expect(reasonsOf(plan)).toEqual([expect.stringContaining("Every row expires before the first could be sent")]);
  });

  test("where the cap on open contacts lets too few through", async () => {
    const { requestId: _ownOfEachRow, ...template } = aChatRequest();
    const job = aCsvJob({ operation: "StartOutboundChatContact", template });
    expect((await planned(rowsOf(6_500), job)).verdict.kind).toBe("possible");
    const plan = await planned(rowsOf(6_501), job);
    expect(plan.openContacts).toEqual([
      { kind: "chat", rows: 6_501, cap: 500, minutes: 1_500, perDay: 480, waitMs: 13 * 25 * 3_600_000 },
    ]);
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

describe("rows of different hours", () => {
  const hours = {
    short: { from: "12:00", to: "12:10", timeZone: "UTC" },
    long: { from: "12:00", to: "20:00", timeZone: "UTC" },
  };
  const rows = (short: number, long: number, more: object = {}) =>
    requests(short + long, (index) => ({
      ...aTaskRequest({ requestId: `spring/${index}`, input: { InitiateAs: "COMPLETED" } }),
      sendingHours: index < short ? hours.short : hours.long,
      ...more,
    }));
  const terms = {
    settings: planSettings({ retention: { queueSeconds: 7_200, deadLetterSeconds: 9_000, staleMarginSeconds: 0 } }),
  };

  test("are impossible where those of one kind are too many for their hours", async () => {
    expect(reasonsOf(await planned(rows(1_204, 100), aRequestsJob(), terms))).toEqual([]);
    expect(reasonsOf(await planned(rows(1_205, 100), aRequestsJob(), terms))).toEqual([
      expect.stringMatching(/^The last row could be sent at 2026-11-21 12:00 UTC/),
    ]);
  });

  test("are possible, with a caution, where it depends on the order of the queue", async () => {
    const plan = await planned(rows(1_000, 1_000), aRequestsJob(), terms);
    expect(plan.verdict.kind).toBe("possible");
    expect(iso(plan.schedule?.endsMs)).toContain("2026-11-21");
    expect(plan.cautions).toEqual([expect.stringContaining("Some rows may be too old before their turn")]);
  });

  test("are impossible where the open time of all of them is not enough before they expire", async () => {
    const expiring = { expiresAt: "2026-11-20T12:20:00Z" };
    expect(reasonsOf(await planned(rows(1_000, 1_404, expiring), aRequestsJob(), terms))).toEqual([]);
    expect(reasonsOf(await planned(rows(1_000, 1_405, expiring), aRequestsJob(), terms))).toEqual([
      expect.stringContaining("2,405 rows would have to be sent before 2026-11-20 12:20 UTC"),
    ]);
  });

  test("are checked against notBefore too", async () => {
    const late = { notBefore: "2026-11-20T12:10:00Z", expiresAt: "2026-11-20T12:20:00Z" };
    expect(reasonsOf(await planned(rows(0, 1_204, late), aRequestsJob(), terms))).toEqual([]);
    expect(reasonsOf(await planned(rows(0, 1_205, late), aRequestsJob(), terms))).toEqual([
      expect.stringContaining("the quota lets 1,204 rows through by then"),
    ]);
  });

  test("are told where they expire before their hours", async () => {
    const plan = await planned(
      requests(2, (index) => ({
        ...aTaskRequest({ requestId: `spring/${index}` }),
        ...(index === 1 && { sendingHours: { from: "18:00", to: "20:00", timeZone: "UTC" } }),
        expiresAt: "2026-11-20T17:00:00Z",
      })),
      aRequestsJob(),
    );
    expect(plan.verdict.kind).toBe("possible");
    expect(plan.cautions).toEqual([
      "Expiring before they may be sent, by their hours: 1 row, the first on line 2. Each becomes a dead letter.",
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
      works: [],
      expired: [],
      late: [],
      limits: [],
    } as const;
    const others = { duplicates: { rows: 0, differing: 0, keys: [] }, outsideJob: 0, isPossible: true };
    const told = cautions(findings, others);
    expect(told).toHaveLength(many);
  });
});
