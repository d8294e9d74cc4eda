import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { contactPlace } from "#shared/backfill/plan/contact-place.ts";
import { forecast } from "#shared/backfill/plan/forecast.ts";
import { mostADay } from "#shared/backfill/plan/most-a-day.ts";
import { openContactsLimit } from "#shared/backfill/plan/open-contacts-limit.ts";
import { openStretches, type Stretch } from "#shared/backfill/plan/open-stretches.ts";
import { quotaPace, workMs } from "#shared/backfill/plan/quota-pace.ts";
import { readableDuration } from "#shared/backfill/plan/readable-duration.ts";
import { readableMoment } from "#shared/backfill/plan/readable-moment.ts";
import { RowGroups } from "#shared/backfill/plan/row-groups.ts";
import { type Prospect, RowProspects } from "#shared/backfill/plan/row-prospects.ts";
import { RuleCounts } from "#shared/backfill/plan/rule-counts.ts";
import { stretchesOf } from "#shared/backfill/plan/stretches-of.ts";
import { timedWork } from "#shared/backfill/plan/timed-work.ts";
import type { ContactRequest } from "#shared/contract/contact-request.ts";
import type { SendingHours } from "#shared/contract/fields/sending-hours.ts";
import { expiry } from "#shared/worker/timeliness.ts";
import {
  aChatRequest,
  anEmailContactRequest,
  anOutboundEmailContactRequest,
  anOutboundEmailRequest,
  aTaskRequest,
} from "#test/support/a-contact-request.ts";
import { AN_INSTANCE } from "#test/support/a-worker.ts";
import { planSettings } from "./plan-settings.ts";

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const ms = (iso: string): number => Date.parse(iso);
const NOW_MS = ms("2026-11-20T12:00:00Z");
const ALWAYS_OPEN = { stretches: stretchesOf(undefined, NOW_MS), beginsMs: NOW_MS };
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
    const limit = openContactsLimit({ kind, durations: new Map(durations) }, terms, ALWAYS_OPEN);
    expect(Math.floor(limit.perDay)).toBe(perDay);
  });

  test.each([
    [480.9, "At most 480 chat contacts a day"],
    [1.5, "At most 1 chat contact a day"],
    [0.5, "At most one chat contact every 2 days"],
    [24 / 50, "At most one chat contact every 2 days 2 hours"],
  ])("that are %d a day read %j", (perDay, words) => expect(mostADay({ kind: "chat", perDay })).toBe(words));

  const endOf = (
    contacts: number,
    minutes: number,
    { hours, cap = 500 }: { hours?: SendingHours; cap?: number } = {},
  ) => {
    const terms = { settings: planSettings({ openContacts: { chat: cap, email: 1, task: 1 } }) };
    const times = { stretches: stretchesOf(hours, NOW_MS), beginsMs: NOW_MS };
    const { endsMs } = openContactsLimit({ kind: "chat", durations: new Map([[minutes, contacts]]) }, terms, times);
    return endsMs === null ? null : endsMs - NOW_MS;
  };

  test.each([
    [1, 0],
    [500, 0],
    [501, 25 * HOUR_MS],
    [1_000, 25 * HOUR_MS],
    [1_001, 50 * HOUR_MS],
    [500 * 29, 28 * 25 * HOUR_MS],
    [500 * 29 + 1, null],
  ])("the last of %d chats waits %d ms for a place", (contacts, waitMs) => expect(endOf(contacts, 1_500)).toBe(waitMs));

  test.each([
    // It is noon: at 12, 13 … 19 o'clock, eight times the cap on the first day, and eleven times on each other.
    ["80,000 chats of an hour from nine to eight", 80_000, 60, 14 * DAY_MS + 5 * HOUR_MS],
    ["as many as the first day takes", 8 * 500, 60, 7 * HOUR_MS],
    ["one more", 8 * 500 + 1, 60, 21 * HOUR_MS],
    ["chats of 25 hours", 1_001, 1_500, 50 * HOUR_MS],
    ["chats of 35 hours, which end at night", 501, 2_100, 45 * HOUR_MS],
  ])("%s end in the hours in which they may be sent", (_what, contacts, minutes, waitMs) =>
    expect(endOf(contacts, minutes, { hours: { from: "09:00", to: "20:00", timeZone: "UTC" } })).toBe(waitMs),
  );

  test("of different durations end no sooner than all places together let them", () => {
    const durations = new Map([
      [60, 2],
      [1_500, 8],
    ]);
    const terms = { settings: planSettings({ openContacts: { chat: 2, email: 1, task: 1 } }) };
    const { endsMs } = openContactsLimit({ kind: "chat", durations }, terms, ALWAYS_OPEN);
    // Two hours and six times 25 hours, in two places. In one place there are five contacts: at least four hours.
    expect(endsMs).toBe(NOW_MS + 76 * HOUR_MS);
  });

  test("are never said to end later than they must in the best order, however long each stays, whatever the hours", () => {
    const stays = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 });
    const gaps = fc.array(fc.tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 })), { maxLength: 4 });
    let behindHours = 0;
    fc.assert(
      fc.property(stays, fc.integer({ min: 1, max: 3 }), gaps, (minutes, chat, openAndClosed) => {
        const durations = new Map<number, number>();
        for (const each of minutes) durations.set(each, (durations.get(each) ?? 0) + 1);
        const terms = { settings: planSettings({ openContacts: { chat, email: 1, task: 1 } }) };
        const stretches = inMinutes(openAndClosed);
        const { endsMs } = openContactsLimit({ kind: "chat", durations }, terms, { stretches, beginsMs: 0 });
        const least = leastEndMinutes(minutes, chat, stretches) * MINUTE_MS;
        expect(endsMs ?? Infinity).toBeLessThanOrEqual(least);
        if (new Set(minutes).size === 1) expect(endsMs).toBe(least);
        if (least > leastEndMinutes(minutes, chat, inMinutes([])) * MINUTE_MS) behindHours += 1;
      }),
      { seed: 20_261_120, numRuns: 200 },
    );
    expect(behindHours).toBeGreaterThan(40);
  });
});

/** Stretches that are open and closed for so many minutes in turn, and open for good in the end. */
function inMinutes(openAndClosed: readonly (readonly [number, number])[]): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let atMs = 0;
  for (const [open, closed] of openAndClosed) {
    stretches.push({ fromMs: atMs, toMs: atMs + open * MINUTE_MS });
    atMs += (open + closed) * MINUTE_MS;
  }
  return [...stretches, { fromMs: atMs, toMs: atMs + DAY_MS }];
}

/** When the last contact gets its place: the least of all orders. */
function leastEndMinutes(minutes: readonly number[], cap: number, stretches: readonly Stretch[]): number {
  const openFrom = (at: number): number => {
    for (let each = at; ; each += 1) {
      if (stretches.some(({ fromMs, toMs }) => fromMs <= each * MINUTE_MS && each * MINUTE_MS < toMs)) return each;
    }
  };
  const search = (left: readonly number[], freeAt: readonly number[], last: number): number => {
    if (left.length === 0) return last;
    const [free = 0, ...others] = freeAt.toSorted((one, other) => one - other);
    const at = openFrom(free);
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

describe("a row can be sent before it expires", () => {
  const of = (times: object): Prospect => new RowProspects(NOW_MS).of(times);

  test.each<[string, object, Prospect]>([
    ["where it does not expire", {}, "sendable"],
    ["where it expires in a while", { expiresAt: "2026-11-20T12:00:00.001Z" }, "sendable"],
    ["not where it has expired", { expiresAt: "2026-11-20T12:00:00Z" }, "expired"],
    [
      "not where it expires before notBefore",
      { notBefore: "2027-02-01T00:00:01Z", expiresAt: "2027-02-01T00:00:00Z" },
      "expires-first",
    ],
    [
      "not where it expires before its hours",
      { expiresAt: "2026-11-21T08:00:00Z", sendingHours: { ...BERLIN, to: "13:00" } },
      "expires-first",
    ],
    [
      "where it expires in its hours",
      { expiresAt: "2026-11-21T08:00:00.001Z", sendingHours: { ...BERLIN, to: "13:00" } },
      "sendable",
    ],
  ])("%s", (_what, times, expected) => expect(of(times)).toBe(expected));

  test("just as a worker finds, whatever its times are, and however many rows have other ones", () => {
    const hour = fc.integer({ min: 0, max: 23 }).map((each) => `${String(each).padStart(2, "0")}:00`);
    const zone = fc.constantFrom("Europe/Berlin", "America/New_York", "UTC");
    const hours = fc.record({ from: hour, to: hour, timeZone: zone }).filter(({ from, to }) => from !== to);
    // Further than a plan looks.
    const moment = fc
      .integer({ min: -10, max: 60 * 24 })
      .map((each) => new Date(NOW_MS + each * HOUR_MS).toISOString());
    const soon = fc.integer({ min: -2, max: 40 }).map((each) => new Date(NOW_MS + each * HOUR_MS).toISOString());
    const times = fc.record(
      { notBefore: fc.oneof(moment, soon), expiresAt: fc.oneof(moment, soon), sendingHours: hours },
      { requiredKeys: ["expiresAt"] },
    );
    const prospects = new RowProspects(NOW_MS);
    const seen = new Set<Prospect>();
    fc.assert(
      fc.property(times, (each) => {
        const accepted = { request: aTaskRequest(each), instance: AN_INSTANCE, contentHash: "" };
        const found = prospects.of(each);
        seen.add(found);
        expect(found === "sendable").toBe(expiry(accepted, NOW_MS) === undefined);
      }),
      { seed: 20_261_120, numRuns: 1_000 },
    );
    expect(seen.size).toBe(3);
  });
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
  // Of sixty different hours fifty are kept.
  expect(groups.rowsWithoutHours).toBe(830);
  expect(groups.widthMs).toBeGreaterThan(1_000);
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
