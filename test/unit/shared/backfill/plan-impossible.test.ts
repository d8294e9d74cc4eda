import { describe, expect, test } from "@jest/globals";
import { aChatRequest, aTaskRequest } from "#test/support/a-contact-request.ts";
import { aCsvJob, aRequestsJob, aTaskTemplate } from "./a-job.ts";
import { planSettings } from "./plan-settings.ts";
import { completed, iso, ms, NOW, planned, reasonsOf, requests, rowsOf } from "./plan-world.ts";

describe("a plan is impossible", () => {
  test("where it ends behind what the queue keeps, less the margin", async () => {
    const limit = { retention: { queueSeconds: 3_600, deadLetterSeconds: 7_200, staleMarginSeconds: 3_100 } };
    const terms = { settings: planSettings(limit) };
    expect((await planned(rowsOf(1_004), completed(), terms)).verdict.kind).toBe("possible");
    const plan = await planned(rowsOf(1_005), completed(), terms);
    expect(plan.staleMs).toBe(ms(NOW) + 500_000);
    expect(reasonsOf(plan)).toEqual([
      "The last row could be sent at 2026-11-20 12:08 UTC, and what is fed now is dead-lettered as too old from 2026-11-20 12:08 UTC on (the queue's retention less a margin). At 2 a second it takes 8 minutes 21 seconds day and night: split the file and start the parts one after the other, widen the sending hours, bring notBefore forward, or ask AWS for a higher quota of CreateContact.",
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
      {
        kind: "chat",
        rows: 6_501,
        cap: 500,
        minutes: 1_500,
        perDay: 480,
        endsMs: ms(NOW) + 13 * 25 * 3_600_000,
      },
    ]);
    expect(reasonsOf(plan)).toEqual([
      "At most 480 chat contacts a day, day and night: 500 may be open at once, and one keeps its place for 1 day 1 hour if nobody ends it. So the last of 6,501 could be sent at 2026-12-04 01:00 UTC, and what is fed now is dead-lettered as too old from 2026-12-03 00:00 UTC on (the queue's retention less a margin). Split the file, have the cap raised (and the setting openContacts), widen the sending hours, or say with --contact-minutes for how long a contact stays open if your flow or your agents end it sooner.",
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

  test("where the cap lets too few through behind notBefore", async () => {
    const job = (notBefore: string) => aCsvJob({ template: { ...aTaskTemplate(), notBefore } });
    const plan = await planned(rowsOf(2_501), job("2026-11-26T00:00:00Z"));
    expect(reasonsOf(plan)).toEqual([]);
    expect(plan.openContacts).toMatchObject([{ endsMs: ms("2026-12-03T00:00:00Z") }]);
    expect(reasonsOf(await planned(rowsOf(2_501), job("2026-11-26T00:00:01Z")))).toEqual([
      expect.stringContaining("So the last of 2,501 could be sent at 2026-12-03 00:00 UTC"),
    ]);
  });

  test("where the cap lets too few through in the hours in which they may be sent", async () => {
    const sendingHours = { from: "09:00", to: "20:00", timeZone: "UTC" };
    const { requestId: _ownOfEachRow, ...template } = aChatRequest({ input: { ChatDurationInMinutes: 60 } });
    const job = aCsvJob({ operation: "StartOutboundChatContact", template: { ...template, sendingHours } });
    // 2 of them may be open: from noon on 16 on the first day, and 22 on each other, until midnight of the twelfth.
    const terms = { settings: planSettings({ openContacts: { chat: 2, email: 1, task: 1 } }) };
    expect(reasonsOf(await planned(rowsOf(16 + 12 * 22), job, terms))).toEqual([]);
    const plan = await planned(rowsOf(16 + 12 * 22 + 1), job, terms);
    expect(iso(plan.schedule?.endsMs)).toContain("2026-11-20T12:02");
    expect(reasonsOf(plan)).toEqual([
      expect.stringContaining(
        "At most 48 chat contacts a day, day and night: 2 may be open at once, and one keeps its place for 1 hour if nobody ends it. So the last of 281 could be sent at 2026-12-03 09:00 UTC, and",
      ),
    ]);
  });

  test("where the cap lets less than one through a day, which is told as such", async () => {
    const terms = { settings: planSettings({ openContacts: { chat: 1, email: 1, task: 4 } }) };
    expect(reasonsOf(await planned(rowsOf(12), aCsvJob(), terms))).toEqual([
      expect.stringContaining("At most one task contact every 1 day 18 hours, day and night: 4 may be open at once"),
    ]);
  });
});

describe("rows that expire before they may be sent first", () => {
  const day = (index: number, alive: number) => (index < alive ? "2026-12-01" : "2026-11-20");
  const file = (alive: number, dead: number) =>
    `id,name,day\n${Array.from({ length: alive + dead }, (_, index) => `${index},x,${day(index, alive)}\n`).join("")}`;
  const job = (more: object = {}) =>
    aCsvJob({ template: { ...aTaskTemplate({ Name: "{{name}}" }), expiresAt: "{{day}}T13:00:00Z", ...more } });
  const terms = {
    nowMs: ms("2026-11-20T13:00:00Z"),
    settings: planSettings({ openContacts: { chat: 1, email: 1, task: 25 } }),
  };

  test("take no place among the open contacts", async () => {
    const plan = await planned(file(50, 400), job(), terms);
    expect(reasonsOf(plan)).toEqual([]);
    expect(plan).toMatchObject({ good: 450, contacts: 450, openContacts: [{ rows: 50 }] });
    expect(plan.cautions[0]).toBe("Expired already: 400 rows, the first on line 52. Each becomes a dead letter.");
    expect(reasonsOf(await planned(file(51, 0), job(), terms))).toEqual([
      expect.stringMatching(/^At most 3 task contacts a day/),
    ]);
  });

  test("take none either where they expire before their hours, however many hours there are", async () => {
    const hours = (index: number) => ({
      from: "06:00",
      to: `12:${String(index % 60).padStart(2, "0")}`,
      timeZone: "UTC",
    });
    const rows = (alive: number, dead: number) =>
      requests(alive + dead, (index) => ({
        ...aTaskRequest({ requestId: `spring/${index}` }),
        expiresAt: index < alive ? "2026-12-02T00:00:00Z" : "2026-11-20T23:00:00Z",
        sendingHours: hours(index),
      }));
    const plan = await planned(rows(50, 600), aRequestsJob(), terms);
    expect(reasonsOf(plan)).toEqual([]);
    expect(plan.openContacts).toMatchObject([{ rows: 50, endsMs: ms("2026-11-28T06:00:00Z") }]);
    expect(plan.cautions[0]).toContain("Expiring before they may be sent first: 600 rows, the first on line 51.");
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
      "Expiring before they may be sent first: 1 row, the first on line 2. Each becomes a dead letter.",
    ]);
  });
});
