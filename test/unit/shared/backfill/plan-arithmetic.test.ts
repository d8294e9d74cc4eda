import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { contactPlace } from "#shared/backfill/plan/contact-place.ts";
import { MomentCounts } from "#shared/backfill/plan/moment-counts.ts";
import { openContactsLimit, waitForPlacesMs } from "#shared/backfill/plan/open-contacts-limit.ts";
import { openStretches } from "#shared/backfill/plan/open-stretches.ts";
import { endOfWork, openMsBetween } from "#shared/backfill/plan/open-time.ts";
import { quotaPace, workMs } from "#shared/backfill/plan/quota-pace.ts";
import { readableDuration } from "#shared/backfill/plan/readable-duration.ts";
import { readableMoment } from "#shared/backfill/plan/readable-moment.ts";
import { RuleCounts } from "#shared/backfill/plan/rule-counts.ts";
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

  test.each([
    ["chats of 25 hours", "chat", 10, 15_000, undefined, 480],
    ["chats of an hour", "chat", 10, 600, undefined, 12_000],
    ["half of each", "chat", 2, 1_560, undefined, 923],
    ["e-mails", "email", 1, 20_160, undefined, 71],
    ["tasks", "task", 1, 10_080, undefined, 357],
    ["chats that are known to end after a minute", "chat", 10, 15_000, 1, 720_000],
  ] as const)("of %s at most so many a day are let through", (_what, kind, rows, minutes, contactMinutes, perDay) => {
    const terms = { settings: planSettings(), ...(contactMinutes !== undefined && { contactMinutes }) };
    expect(openContactsLimit({ kind, rows, minutes }, terms).perDay).toBe(perDay);
  });

  test.each([
    [1, 0],
    [500, 0],
    [501, 25 * HOUR_MS],
    [1_000, 25 * HOUR_MS],
    [1_001, 50 * HOUR_MS],
  ])("the last of %d chats waits %d ms for a place", (contacts, waitMs) =>
    expect(waitForPlacesMs(contacts, { cap: 500, minutes: 1_500 })).toBe(waitMs),
  );
});

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
