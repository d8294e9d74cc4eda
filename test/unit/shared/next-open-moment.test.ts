import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { SendingHours } from "#shared/contract/fields/sending-hours.ts";
import { nextOpenMoment } from "#shared/next-open-moment.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const BERLIN = "Europe/Berlin";

const next = (hours: string, timeZone: string, from: string): string => {
  const [opens = "", closes = ""] = hours.split("-");
  return new Date(nextOpenMoment({ from: opens, to: closes, timeZone }, Date.parse(from))).toISOString();
};

describe("the next moment in hours", () => {
  test.each([
    ["is now while they last", "09:00-20:00", BERLIN, "2026-11-20T12:00:00.123Z", "2026-11-20T12:00:00.123Z"],
    ["is now in their first millisecond", "09:00-20:00", BERLIN, "2026-11-20T08:00:00Z", "2026-11-20T08:00:00.000Z"],
    ["is today before they begin", "09:00-20:00", BERLIN, "2026-11-20T07:59:59.999Z", "2026-11-20T08:00:00.000Z"],
    [
      "is tomorrow when they have just ended",
      "09:00-20:00",
      BERLIN,
      "2026-11-20T19:00:00Z",
      "2026-11-21T08:00:00.000Z",
    ],
    ["is now in their last millisecond", "09:00-20:00", BERLIN, "2026-11-20T18:59:59.999Z", "2026-11-20T18:59:59.999Z"],
    [
      "is now before midnight, over midnight",
      "22:00-06:00",
      BERLIN,
      "2026-11-20T22:30:00Z",
      "2026-11-20T22:30:00.000Z",
    ],
    ["is now after midnight, over midnight", "22:00-06:00", BERLIN, "2026-11-20T04:59:00Z", "2026-11-20T04:59:00.000Z"],
    ["is tonight, over midnight", "22:00-06:00", BERLIN, "2026-11-20T05:00:00Z", "2026-11-20T21:00:00.000Z"],
    ["is now on a whole day", "00:00-24:00", BERLIN, "2026-11-20T23:00:00Z", "2026-11-20T23:00:00.000Z"],
    ["is now until midnight", "09:00-24:00", "UTC", "2026-11-20T23:59:59.999Z", "2026-11-20T23:59:59.999Z"],
    ["is tomorrow after midnight", "09:00-00:00", "UTC", "2026-11-20T00:00:00Z", "2026-11-20T09:00:00.000Z"],
    ["knows zones with half hours", "09:00-20:00", "Asia/Kolkata", "2026-11-20T00:00:00Z", "2026-11-20T03:30:00.000Z"],
  ])("%s", (_what, hours, timeZone, from, expected) => expect(next(hours, timeZone, from)).toBe(expected));
});

describe("when clocks are put forward (Berlin, 29 March 2026: 02:00 is 03:00)", () => {
  test.each([
    ["nine o'clock comes an hour sooner", "09:00-20:00", "2026-03-28T20:00:00Z", "2026-03-29T07:00:00.000Z"],
    ["hours that are skipped come a day later", "02:00-03:00", "2026-03-29T00:30:00Z", "2026-03-30T00:00:00.000Z"],
    [
      "hours whose beginning is skipped begin with the new time",
      "02:30-05:00",
      "2026-03-29T00:30:00Z",
      "2026-03-29T01:00:00.000Z",
    ],
    ["hours whose end is skipped end there", "01:00-02:30", "2026-03-29T01:00:00Z", "2026-03-29T23:00:00.000Z"],
  ])("%s", (_what, hours, from, expected) => expect(next(hours, BERLIN, from)).toBe(expected));
});

describe("when clocks are put back (Berlin, 25 October 2026: 03:00 is 02:00)", () => {
  test.each([
    ["nine o'clock comes an hour later", "09:00-20:00", "2026-10-24T20:00:00Z", "2026-10-25T08:00:00.000Z"],
    ["hours that are shown twice come twice", "02:15-02:45", "2026-10-25T00:45:00Z", "2026-10-25T01:15:00.000Z"],
    ["hours begin again with the old time", "01:00-02:30", "2026-10-25T00:30:00Z", "2026-10-25T01:00:00.000Z"],
    ["and end then", "01:00-02:30", "2026-10-25T01:30:00Z", "2026-10-26T00:00:00.000Z"],
  ])("%s", (_what, hours, from, expected) => expect(next(hours, BERLIN, from)).toBe(expected));
});

test("a day that a place leaves out does not come (Samoa, 30 December 2011)", () => {
  expect(next("09:00-20:00", "Pacific/Apia", "2011-12-30T09:30:00Z")).toBe("2011-12-30T19:00:00.000Z");
});

describe("for any hours, zone and moment", () => {
  // Changes at odd times, by half an hour, at midnight, far from UTC, and none at all.
  const zones = [
    BERLIN,
    "America/New_York",
    "America/St_Johns",
    "America/Santiago",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Asia/Gaza",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Chatham",
    "America/Scoresbysund",
    "Antarctica/Troll",
    "UTC",
  ];
  const time = fc.integer({ min: 0, max: 24 * 60 - 1 }).map(clockTime);
  const hours = fc
    .record({ from: time, to: fc.oneof(time, fc.constant("24:00")), timeZone: fc.constantFrom(...zones) })
    .filter(({ from, to }) => from !== to);
  const anyMs = fc.integer({ min: Date.parse("2026-01-01T00:00:00Z"), max: Date.parse("2028-01-01T00:00:00Z") });

  /** Within two days of a change of the clocks, where the zone has one. */
  const nearChange = (timeZone: string) => {
    const changes = CHANGES.get(timeZone) ?? [];
    return changes.length === 0
      ? anyMs
      : fc.tuple(fc.constantFrom(...changes), fc.integer({ min: -DAY_MS, max: DAY_MS })).map(([at, by]) => at + by);
  };
  const CHANGES = new Map(zones.map((zone) => [zone, changesOf(zone)]));
  const cases = hours.chain((each) => fc.tuple(fc.constant(each), fc.oneof(nearChange(each.timeZone), anyMs)));

  test("the moment is open, not in the past, and nothing open lies before it", () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 0, max: MINUTE_MS - 1 }), ([each, fromMs], phaseMs) => {
        const foundMs = nextOpenMoment(each, fromMs);
        expect(foundMs).toBeGreaterThanOrEqual(fromMs);
        expect(isOpen(each, foundMs)).toBe(true);
        if (foundMs > fromMs) expect(isOpen(each, foundMs - 1)).toBe(false);
        const wallClock = wallClockOf(each.timeZone);
        // Hours begin and end, and clocks change, with whole minutes: no open stretch is shorter than one.
        for (let atMs = fromMs + phaseMs; atMs < foundMs; atMs += MINUTE_MS) {
          if (isWithin(each, wallClock(atMs))) throw new Error(`${new Date(atMs).toISOString()} is open as well.`);
        }
      }),
      { seed: 20_261_120, numRuns: 150 },
    );
  });

  test("asking again at the moment itself gives it again", () => {
    fc.assert(
      fc.property(cases, ([each, fromMs]) => {
        const foundMs = nextOpenMoment(each, fromMs);
        expect(nextOpenMoment(each, foundMs)).toBe(foundMs);
      }),
      { seed: 20_261_121, numRuns: 500 },
    );
  });
});

function clockTime(minutes: number): string {
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");
}

/** What the clock on the wall shows, `HH:MM`. Another way to ask than that of the code under test. */
function wallClockOf(timeZone: string): (atMs: number) => string {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return (atMs) => format.format(atMs);
}

function isWithin({ from, to }: SendingHours, time: string): boolean {
  return from < to ? from <= time && time < to : from <= time || time < to;
}

function isOpen(hours: SendingHours, atMs: number): boolean {
  return isWithin(hours, wallClockOf(hours.timeZone)(atMs));
}

/** The days of 2026 and 2027 on which noon in UTC is at another time of the zone's day than the day before. */
function changesOf(timeZone: string): readonly number[] {
  const wallClock = wallClockOf(timeZone);
  const noons = Array.from({ length: 730 }, (_, day) => Date.parse("2026-01-01T12:00:00Z") + day * DAY_MS);
  return noons.filter((noonMs) => wallClock(noonMs) !== wallClock(noonMs - DAY_MS));
}
