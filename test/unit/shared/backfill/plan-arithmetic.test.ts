import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { contactPlace } from "#shared/backfill/plan/contact-place.ts";
import { forecast } from "#shared/backfill/plan/forecast.ts";
import { MomentCounts } from "#shared/backfill/plan/moment-counts.ts";
import { openContactsLimit } from "#shared/backfill/plan/open-contacts-limit.ts";
import { openStretches } from "#shared/backfill/plan/open-stretches.ts";
import { quotaPace, workMs } from "#shared/backfill/plan/quota-pace.ts";
import { readableDuration } from "#shared/backfill/plan/readable-duration.ts";
import { readableMoment } from "#shared/backfill/plan/readable-moment.ts";
import { RowGroups } from "#shared/backfill/plan/row-groups.ts";
import { RuleCounts } from "#shared/backfill/plan/rule-counts.ts";
import { timedWork } from "#shared/backfill/plan/timed-work.ts";
import type { ContactRequest } from "#shared/contract/contact-request.ts";
import type { SendingHours } from "#shared/contract/fields/sending-hours.ts";
import {
  aChatRequest,
  anEmailContactRequest,
  anOutboundEmailContactRequest,
  anOutboundEmailRequest,
  aTaskRequest,
} from "#test/support/a-contact-request.ts";
import { planSettings } from "./plan-settings.ts";

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const ms = (iso: string): number => Date.parse(iso);
const BERLIN: SendingHours = { from: "09:00", to: "20:00", timeZone: "Europe/Berlin" };

describe("the pace of an operation", () => {
  test.each([
    [
      "is the quota of its API, with a token less than its burst",
      "StartOutboundChatContact",
      {},
      1,
      "StartOutboundChatContact",
      2,
      4,
    ],
    ["is the deployment's share of it", "CreateContact", {}, 0.5, "CreateContact", 1, 1],
    ["is that of the first where all are the same", "OutboundEmail", {}, 1, "CreateContact", 2, 4],
    [
      "is that of the slowest API that it calls",
      "OutboundEmail",
      { StartOutboundEmailContact: 1 },
      1,
      "StartOutboundEmailContact",
      1,
      4,
    ],
    ["is not that of other operations", "CreateContact", { StartEmailContact: 0.1 }, 1, "CreateContact", 2, 4],
  ] as const)("%s", (_what, operation, rates, quotaShare, api, ratePerSecond, burst) => {
    const settings = planSettings({ quotaShare, rates });
    expect(quotaPace(operation, settings)).toEqual({ api, ratePerSecond, burst });
  });

  test.each([
    [0, 0],
    [1, 0],
    [4, 0],
    [5, 500],
    [100_000, 49_998 * SECOND_MS],
    [1_000_000, 499_998 * SECOND_MS],
  ])("%d contacts at 2 a second with a burst of 4 take %d ms", (contacts, duration) =>
    expect(workMs(contacts, { ratePerSecond: 2, burst: 4 })).toBe(duration),
  );
});

/** When work that is done only in these hours ends: a row takes a millisecond. */
function endOfWork(durationMs: number, hours: SendingHours | undefined, fromMs: number): number | undefined {
  const group = { hours, notBeforeMs: -Infinity, expiresMs: Infinity, rows: durationMs, line: 2 };
  const pace = { api: "CreateContact", ratePerSecond: 1_000, burst: 0 } as const;
  return forecast(timedWork([group], fromMs), fromMs, pace).schedule.endsMs ?? undefined;
}

function openMsBetween(fromMs: number, toMs: number, hours: SendingHours): number {
  let openMs = 0;
  for (const stretch of openStretches(hours, fromMs)) {
    if (stretch.fromMs >= toMs) break;
    openMs += Math.min(stretch.toMs, toMs) - stretch.fromMs;
  }
  return openMs;
}

describe("work in open hours", () => {
  test.each<[string, string, number, SendingHours | undefined, string | undefined]>([
    [
      "without hours goes on day and night",
      "2026-11-20T12:00:00Z",
      30 * HOUR_MS,
      undefined,
      "2026-11-21T18:00:00.000Z",
    ],
    ["ends today if it can", "2026-11-20T12:00:00Z", 7 * HOUR_MS, BERLIN, "2026-11-20T19:00:00.000Z"],
    ["goes on tomorrow", "2026-11-20T12:00:00Z", 7 * HOUR_MS + 1, BERLIN, "2026-11-21T08:00:00.001Z"],
    ["begins when they open", "2026-11-20T02:00:00Z", HOUR_MS, BERLIN, "2026-11-20T09:00:00.000Z"],
    ["of no duration ends when they open", "2026-11-20T02:00:00Z", 0, BERLIN, "2026-11-20T08:00:00.000Z"],
    ["takes as many days as it needs", "2026-11-20T08:00:00Z", 50 * HOUR_MS, BERLIN, "2026-11-24T14:00:00.000Z"],
    [
      "goes over midnight",
      "2026-11-20T23:00:00Z",
      8 * HOUR_MS,
      { from: "22:00", to: "06:00", timeZone: "UTC" },
      "2026-11-21T23:00:00.000Z",
    ],
    [
      "goes on at midnight in hours of a whole day",
      "2026-11-20T23:00:00Z",
      50 * HOUR_MS,
      { from: "00:00", to: "24:00", timeZone: "UTC" },
      "2026-11-23T01:00:00.000Z",
    ],
    [
      "knows hours that end at midnight",
      "2026-11-20T23:00:00Z",
      2 * HOUR_MS,
      { from: "22:00", to: "24:00", timeZone: "UTC" },
      "2026-11-21T23:00:00.000Z",
    ],
    [
      "knows hours that begin at midnight",
      "2026-11-20T01:00:00Z",
      2 * HOUR_MS,
      { from: "00:00", to: "02:00", timeZone: "UTC" },
      "2026-11-21T01:00:00.000Z",
    ],
    // 25 October 2026: clocks are put back at 01:00 UTC.
    [
      "has an hour more when clocks are put back",
      "2026-10-25T00:00:00Z",
      3 * HOUR_MS,
      { from: "02:00", to: "04:00", timeZone: "Europe/Berlin" },
      "2026-10-25T03:00:00.000Z",
    ],
    // 29 March 2026: 02:00 is 03:00.
    [
      "has an hour less when they are put forward",
      "2026-03-29T00:00:00Z",
      2 * HOUR_MS,
      { from: "01:00", to: "04:00", timeZone: "Europe/Berlin" },
      "2026-03-29T02:00:00.000Z",
    ],
    [
      "is later by an hour of UTC behind the change",
      "2026-10-24T18:00:00Z",
      HOUR_MS,
      { ...BERLIN, to: "20:00" },
      "2026-10-25T09:00:00.000Z",
    ],
    [
      "is given up beyond thirty days",
      "2026-11-20T00:00:00Z",
      1_000 * HOUR_MS,
      { from: "09:00", to: "10:00", timeZone: "UTC" },
      undefined,
    ],
    ["is given up beyond thirty days without hours too", "2026-11-20T00:00:00Z", 30 * DAY_MS + 1, undefined, undefined],
  ])("%s", (_what, from, duration, hours, expected) => {
    const endMs = endOfWork(duration, hours, ms(from));
    expect(endMs === undefined ? undefined : new Date(endMs).toISOString()).toBe(expected);
  });

  const time = fc.integer({ min: 0, max: 1_439 }).map((at) => new Date(at * MINUTE_MS).toISOString().slice(11, 16));
  const zone = fc.constantFrom("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC");
  const hours = fc
    .record({ from: time, to: fc.oneof(time, fc.constant("24:00")), timeZone: zone })
    .filter(({ from, to }) => from !== to);
  const from = fc.integer({ min: ms("2026-01-01T00:00:00Z"), max: ms("2027-01-01T00:00:00Z") });

  test("takes exactly its duration of open time, whatever the hours are", () => {
    fc.assert(
      fc.property(hours, from, fc.integer({ min: 1, max: 4 * HOUR_MS }), (each, fromMs, duration) => {
        const endMs = endOfWork(duration, each, fromMs);
        // Hours of a minute a day make four of them last longer than thirty days.
        if (endMs === undefined) return;
        expect(openMsBetween(fromMs, endMs, each)).toBe(duration);
        expect(openMsBetween(fromMs, endMs - 1, each)).toBe(duration - 1);
      }),
      { seed: 20_261_120, numRuns: 200 },
    );
  });

  test("stretches are open and what lies between them is closed, by the clocks on the wall", () => {
    fc.assert(
      fc.property(hours, from, (each, fromMs) => {
        const wall = new Intl.DateTimeFormat("en-GB", {
          timeZone: each.timeZone,
          hour: "2-digit",
          minute: "2-digit",
          hourCycle: "h23",
        });
        const isOpen = (atMs: number): boolean => {
          const shown = wall.format(atMs);
          const to = each.to === "24:00" ? "24:00" : each.to;
          return each.from < to ? each.from <= shown && shown < to : each.from <= shown || shown < to;
        };
        let lastMs = fromMs;
        let seen = 0;
        for (const stretch of openStretches(each, fromMs)) {
          expect(isOpen(stretch.fromMs)).toBe(true);
          if (stretch.fromMs > lastMs) expect([isOpen(lastMs), isOpen(stretch.fromMs - 1)]).toEqual([false, false]);
          if (stretch.toMs === Infinity || seen === 5) break;
          expect([isOpen(stretch.toMs - 1), isOpen(stretch.toMs)]).toEqual([true, false]);
          lastMs = stretch.toMs;
          seen += 1;
        }
      }),
      { seed: 20_261_121, numRuns: 200 },
    );
  });
});

describe("open contacts", () => {
  test.each<[string, ContactRequest, { kind: string; minutes: number } | undefined]>([
    ["a chat of the default duration", aChatRequest(), { kind: "chat", minutes: 1_500 }],
    [
      "a chat of its own duration",
      aChatRequest({ input: { ChatDurationInMinutes: 60 } }),
      { kind: "chat", minutes: 60 },
    ],
    ["an inbound e-mail", anEmailContactRequest(), { kind: "email", minutes: 20_160 }],
    ["an outbound e-mail with its draft", anOutboundEmailRequest(), { kind: "email", minutes: 20_160 }],
    ["an e-mail on a contact that is there", anOutboundEmailContactRequest(), undefined],
    ["a task", aTaskRequest(), { kind: "task", minutes: 10_080 }],
    ["a task that begins completed", aTaskRequest({ input: { InitiateAs: "COMPLETED" } }), undefined],
    [
      "a draft",
      aTaskRequest({ input: { Channel: "EMAIL", InitiationMethod: "FLOW" } }),
      { kind: "email", minutes: 20_160 },
    ],
    ["external audio", aTaskRequest({ input: { Channel: "VOICE", InitiationMethod: "TRANSFER" } }), undefined],
  ])("%s takes %j", (_what, request, place) => expect(contactPlace(request)).toEqual(place));

  const settings = planSettings();

  test.each([
    ["chats of 25 hours", "chat", [[1_500, 10]], undefined, 480],
    ["chats of an hour", "chat", [[60, 10]], undefined, 12_000],
    // 60 and 1,500 minutes: 780 on average.
    [
      "half of each",
      "chat",
      [
        [60, 1],
        [1_500, 1],
      ],
      undefined,
      923,
    ],
    ["e-mails", "email", [[20_160, 1]], undefined, 71],
    ["tasks", "task", [[10_080, 1]], undefined, 357],
    ["chats that are known to end after a minute", "chat", [[1_500, 10]], 1, 720_000],
    ["chats that end before the time that is given", "chat", [[60, 10]], 1_500, 12_000],
  ] as const)("of %s at most so many a day are let through", (_what, kind, durations, contactMinutes, perDay) => {
    const terms = { settings, ...(contactMinutes !== undefined && { contactMinutes }) };
    expect(openContactsLimit({ kind, durations: new Map(durations) }, terms).perDay).toBe(perDay);
  });

  test.each([
    [1, 0],
    [500, 0],
    [501, 25 * HOUR_MS],
    [1_000, 25 * HOUR_MS],
    [1_001, 50 * HOUR_MS],
  ])("the last of %d chats waits %d ms for a place", (contacts, waitMs) =>
    expect(openContactsLimit({ kind: "chat", durations: new Map([[1_500, contacts]]) }, { settings }).waitMs).toBe(
      waitMs,
    ),
  );

  test("are never said to wait longer than they must in the best order, however long each stays", () => {
    const stays = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(stays, fc.integer({ min: 1, max: 3 }), (minutes, chat) => {
        const durations = new Map<number, number>();
        for (const each of minutes) durations.set(each, (durations.get(each) ?? 0) + 1);
        const terms = { settings: planSettings({ openContacts: { chat, email: 1, task: 1 } }) };
        const { waitMs } = openContactsLimit({ kind: "chat", durations }, terms);
        expect(waitMs).toBeLessThanOrEqual(leastWaitMinutes(minutes, chat) * MINUTE_MS);
        if (new Set(minutes).size === 1) expect(waitMs).toBe(leastWaitMinutes(minutes, chat) * MINUTE_MS);
      }),
      { seed: 20_261_120, numRuns: 200 },
    );
  });
});

/** When the last contact gets its place: the least of all orders. */
function leastWaitMinutes(minutes: readonly number[], cap: number): number {
  const search = (left: readonly number[], freeAt: readonly number[], last: number): number => {
    if (left.length === 0) return last;
    const [at = 0, ...others] = freeAt.toSorted((one, other) => one - other);
    return Math.min(
      ...left.map((each, index) => search(left.toSpliced(index, 1), [...others, at + each], Math.max(last, at))),
    );
  };
  return search(
    minutes,
    Array.from({ length: cap }, () => 0),
    0,
  );
}

describe("moments that rows name", () => {
  test("are counted, the earliest first, with the first line of each", () => {
    const moments = new MomentCounts();
    moments.add("2026-12-01T10:00:00+01:00", 2);
    moments.add("2026-11-30T00:00:00Z", 3);
    moments.add("2026-12-01T09:00:00Z", 4);
    expect(moments.sorted()).toEqual([
      { atMs: ms("2026-11-30T00:00:00Z"), rows: 1, line: 3 },
      { atMs: ms("2026-12-01T09:00:00Z"), rows: 2, line: 2 },
    ]);
  });

  test("are taken together where they are very many, and no row is lost or told later than it is", () => {
    const moments = new MomentCounts();
    const firstMs = ms("2026-12-01T00:00:00.500Z");
    for (let row = 0; row < 20_000; row += 1) moments.add(new Date(firstMs + row * SECOND_MS).toISOString(), row + 2);
    const sorted = moments.sorted();
    expect(sorted.length).toBeLessThan(4_097);
    expect(sorted.reduce((sum, { rows }) => sum + rows, 0)).toBe(20_000);
    let rows = 0;
    for (const moment of sorted) {
      expect(moment).toMatchObject({ atMs: firstMs + rows * SECOND_MS, line: rows + 2 });
      rows += moment.rows;
    }
  });
});

test("moments and groups are as if a row had never been added, once it is taken back", () => {
  const sendingHours = { from: "09:00", to: "20:00", timeZone: "UTC" };
  const rows = Array.from({ length: 6_000 }, (_, index) => ({
    expiresAt: new Date(ms("2026-12-01T00:00:00Z") + (index % 3_000) * SECOND_MS).toISOString(),
    ...(index % 2 === 0 && { sendingHours }),
  }));
  const [once, twice] = [new RowGroups(), new RowGroups()];
  const [moments, again] = [new MomentCounts(), new MomentCounts()];
  for (const [index, row] of rows.entries()) {
    if (index < 3_000) once.add(row, index);
    if (index < 3_000) moments.add(row.expiresAt, index);
    twice.add(row, index);
    again.add(row.expiresAt, index);
  }
  for (const row of rows.slice(3_000)) twice.takeBack(row);
  for (const row of rows.slice(3_000)) again.takeBack(row.expiresAt);

  expect(twice.all()).toEqual(once.all());
  expect(again.sorted()).toEqual(moments.sorted());
  expect(once.all().length).toBeLessThan(1_025);
  expect(once.all().reduce((sum, group) => sum + group.rows, 0)).toBe(3_000);
});

test("a group is sent at more times than its rows, never at fewer, where it stands for many", () => {
  const groups = new RowGroups();
  const rows = Array.from({ length: 5_000 }, (_, index) => ({
    notBefore: new Date(ms("2026-12-01T00:00:00Z") + index * 7 * SECOND_MS).toISOString(),
    expiresAt: new Date(ms("2026-12-02T00:00:00Z") + index * 11 * SECOND_MS).toISOString(),
    sendingHours: { from: `00:${String(index % 60).padStart(2, "0")}`, to: "20:00", timeZone: "UTC" },
  }));
  for (const [index, row] of rows.entries()) groups.add(row, index);
  const all = groups.all();

  expect(all.length).toBeLessThan(1_025);
  expect(all.reduce((sum, group) => sum + group.rows, 0)).toBe(5_000);
  for (const row of rows) {
    const holds = all.some(
      ({ hours, notBeforeMs, expiresMs }) =>
        notBeforeMs <= ms(row.notBefore) &&
        expiresMs >= ms(row.expiresAt) &&
        (hours === undefined || hours.from === row.sendingHours.from),
    );
    expect(holds).toBe(true);
  }
});

describe("rules that rows break", () => {
  const reason = (path: string) => ({ path, code: "pattern", message: "must be right" }) as const;

  test("are counted once a row, the most broken first, with the first five lines", () => {
    const rules = new RuleCounts();
    rules.add([reason("a")], 2);
    for (let line = 3; line < 10; line += 1) rules.add([reason("b"), reason("b")], line);
    expect(rules.sorted()).toEqual([
      { ...reason("b"), rows: 7, lines: [3, 4, 5, 6, 7] },
      { ...reason("a"), rows: 1, lines: [2] },
    ]);
  });

  test("are not kept apart without end", () => {
    const rules = new RuleCounts();
    for (let line = 2; line < 302; line += 1) rules.add([reason(`path ${line}`)], line);
    expect([rules.sorted().length, rules.others]).toEqual([200, 100]);
  });
});

test.each([
  [0, "0 seconds"],
  [1, "1 second"],
  [59 * SECOND_MS, "59 seconds"],
  [61 * SECOND_MS, "1 minute 1 second"],
  [90 * MINUTE_MS, "1 hour 30 minutes"],
  [25 * HOUR_MS, "1 day 1 hour"],
  [DAY_MS - 1, "24 hours"],
  [499_998 * SECOND_MS, "5 days 19 hours"],
  [3_000 * DAY_MS, "3,000 days"],
])("%d ms read %j", (duration, text) => expect(readableDuration(duration)).toBe(text));

test("a moment reads as day, time and zone", () =>
  expect(readableMoment(ms("2026-12-01T09:00:59Z"))).toBe("2026-12-01 09:00 UTC"));
