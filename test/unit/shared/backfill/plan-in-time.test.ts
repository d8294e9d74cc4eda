import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { firstChanceMs } from "#shared/backfill/plan/first-chance.ts";
import { forecast } from "#shared/backfill/plan/forecast.ts";
import type { RowGroup } from "#shared/backfill/plan/row-group.ts";
import { rowsIn } from "#shared/backfill/plan/rows-in.ts";
import { shortfall } from "#shared/backfill/plan/shortfall.ts";
import { type TimedWork, timedWork } from "#shared/backfill/plan/timed-work.ts";
import type { SendingHours } from "#shared/contract/fields/sending-hours.ts";

const MINUTE_MS = 60_000;
const NOW_MS = Date.parse("2026-11-20T12:00:00Z");
const STALE_MINUTES = 24;

/** A row a minute, and none saved up: then whole rows at whole minutes are all that there is. */
const A_ROW_A_MINUTE = { api: "CreateContact", ratePerSecond: 1 / 60, burst: 0 } as const;

const atMinute = (minute: number): string => new Date(NOW_MS + minute * MINUTE_MS).toISOString().slice(11, 16);
const minute = fc.integer({ min: 0, max: 30 });

const hours: fc.Arbitrary<SendingHours> = fc
  .record({ from: minute, to: minute })
  .filter(({ from, to }) => from !== to)
  .map(({ from, to }) => ({ from: atMinute(from), to: atMinute(to), timeZone: "UTC" }));

const groupOf = (someHours: fc.Arbitrary<SendingHours | undefined>): fc.Arbitrary<RowGroup> =>
  fc
    .record({
      hours: someHours,
      notBefore: fc.option(minute, { nil: -Infinity }),
      expires: fc.option(minute, { nil: Infinity }),
      rows: fc.integer({ min: 1, max: 8 }),
    })
    .filter(({ notBefore, expires }) => notBefore < expires)
    .map(({ notBefore, expires, ...group }) => ({
      ...group,
      notBeforeMs: NOW_MS + notBefore * MINUTE_MS,
      expiresMs: NOW_MS + expires * MINUTE_MS,
      line: 2,
    }));

const groupsOf = (someHours: fc.Arbitrary<SendingHours | undefined>) =>
  fc.array(groupOf(someHours), { minLength: 1, maxLength: 5 });

const isOpen = ({ hours: each, notBeforeMs, expiresMs }: RowGroup, atMs: number): boolean => {
  if (atMs < notBeforeMs || atMs >= expiresMs) return false;
  if (each === undefined) return true;
  const time = new Date(atMs).toISOString().slice(11, 16);
  return each.from < each.to ? each.from <= time && time < each.to : each.from <= time || time < each.to;
};

/** Whether every row can have a minute of its own before it is too old: tried out, row by row, with all exchanges. */
function isFeasible(groups: readonly RowGroup[]): boolean {
  const takenBy = new Map<number, RowGroup>();
  const finds = (group: RowGroup, tried: Set<number>): boolean => {
    for (let at = 0; at < STALE_MINUTES; at += 1) {
      if (tried.has(at) || !isOpen(group, NOW_MS + at * MINUTE_MS)) continue;
      tried.add(at);
      const other = takenBy.get(at);
      if (other !== undefined && !finds(other, tried)) continue;
      takenBy.set(at, group);
      return true;
    }
    return false;
  };
  return groups.every((group) => Array.from({ length: group.rows }).every(() => finds(group, new Set())));
}

const canBeSent = (work: TimedWork): boolean => (firstChanceMs(work) ?? Infinity) < work.expiresMs;

const shortfallOf = (groups: readonly RowGroup[]) =>
  shortfall(timedWork(groups, NOW_MS), {
    nowMs: NOW_MS,
    pace: A_ROW_A_MINUTE,
    staleMs: NOW_MS + STALE_MINUTES * MINUTE_MS,
  });

describe("a file is called impossible", () => {
  test("never where there is an order in which every row is in time, whatever hours rows have", () => {
    let impossible = 0;
    fc.assert(
      fc.property(groupsOf(fc.option(hours, { nil: undefined })), (groups) => {
        const found = shortfallOf(groups);
        if (found !== undefined) impossible += 1;
        expect(found !== undefined && isFeasible(groups)).toBe(false);
      }),
      { seed: 20_261_120, numRuns: 300 },
    );
    // Else it would prove nothing.
    expect(impossible).toBeGreaterThan(75);
  });

  test("exactly where there is no such order, where all rows have the same hours", () => {
    const ofOneHours = fc.option(hours, { nil: undefined }).chain((each) => groupsOf(fc.constant(each)));
    let feasible = 0;
    fc.assert(
      fc.property(ofOneHours, (groups) => {
        if (isFeasible(groups)) feasible += 1;
        expect(shortfallOf(groups) === undefined).toBe(isFeasible(groups));
      }),
      { seed: 20_261_120, numRuns: 300 },
    );
    expect(feasible).toBeGreaterThan(30);
  });

  test("with the number of rows that expire up to a moment, and of those that can be sent by then", () => {
    fc.assert(
      fc.property(groupsOf(fc.constant(undefined)), (groups) => {
        const missed = shortfallOf(groups)?.expiry;
        if (missed === undefined) return;
        const due = groups.filter(({ expiresMs }) => expiresMs <= missed.atMs);
        expect(missed.rows).toBe(rowsIn(due));
        expect(missed.sendable).toBeLessThan(missed.rows);
      }),
      { seed: 20_261_120, numRuns: 200 },
    );
  });
});

describe("what is likely to become of rows", () => {
  const pace = { api: "CreateContact", ratePerSecond: 1 / 60, burst: 3 } as const;
  const STEP_MS = 5_000;
  const TWO_DAYS_MS = NOW_MS + 2 * 86_400_000;

  /** The same flow in small steps, for two days, until no more than that is left. */
  function simulated(groups: readonly RowGroup[], atLast: number) {
    const left = groups.map(({ rows }) => rows);
    let [tokens, waiting, endsMs]: [number, number, number | null] = [pace.burst, 0, NOW_MS];
    for (let atMs = NOW_MS; atMs < TWO_DAYS_MS; atMs += STEP_MS) {
      for (const [index, group] of groups.entries()) {
        if (group.expiresMs <= atMs) left[index] = 0;
      }
      const all = left.reduce((total, rows) => total + rows, 0);
      const open = groups.map((group) => isOpen(group, atMs));
      const wanted = left.reduce((total, rows, index) => total + (open[index] ? rows : 0), 0);
      waiting = Math.max(waiting, all - wanted);
      const served = Math.min(tokens, wanted);
      const part = served > 0 ? served / wanted : 0;
      if (served > 0) endsMs = atMs;
      for (const [index, rows] of left.entries()) if (open[index]) left[index] = rows * (1 - part);
      tokens = Math.min(pace.burst, tokens - served + (STEP_MS * pace.ratePerSecond) / 1_000);
      if (all - served <= atLast) return { endsMs, waiting };
    }
    return { endsMs: null, waiting };
  }

  test("is what small steps through time come to", () => {
    fc.assert(
      fc.property(groupsOf(fc.option(hours, { nil: undefined })), (all) => {
        const groups = all.filter((group) => timedWork([group], NOW_MS).every(canBeSent));
        fc.pre(groups.length > 0);
        // A step takes up to a twelfth of a row, and a hair that is left when hours close is sent when they open again.
        const [soonest, latest] = [simulated(groups, 0.2), simulated(groups, 1e-9)];
        const { schedule } = forecast(timedWork(groups, NOW_MS), NOW_MS, pace);
        const endsMs = schedule.endsMs ?? Infinity;
        expect(endsMs).toBeGreaterThanOrEqual((soonest.endsMs ?? TWO_DAYS_MS) - MINUTE_MS);
        expect(endsMs).toBeLessThanOrEqual((latest.endsMs ?? Infinity) + MINUTE_MS);
        expect(Math.abs(schedule.waiting - latest.waiting)).toBeLessThanOrEqual(1.1);
      }),
      { seed: 20_261_120, numRuns: 60 },
    );
  });

  const group = (overrides: Partial<RowGroup>): RowGroup => ({
    hours: undefined,
    notBeforeMs: -Infinity,
    expiresMs: Infinity,
    rows: 10,
    line: 2,
    ...overrides,
  });
  const of = (...groups: readonly RowGroup[]) => forecast(timedWork(groups, NOW_MS), NOW_MS, A_ROW_A_MINUTE);
  const morning = { from: "12:00", to: "12:10", timeZone: "UTC" };

  test("is that rows of other hours do not wait for each other", () => {
    const later = { from: "12:30", to: "12:50", timeZone: "UTC" };
    const { schedule } = of(group({ hours: morning }), group({ hours: later, rows: 20 }));
    expect(schedule).toMatchObject({ endsMs: NOW_MS + 50 * MINUTE_MS, waiting: 20 });
  });

  test("is that rows that may be sent at the same time share the quota", () => {
    const { schedule } = of(group({ hours: morning }), group({ rows: 10 }));
    // Five of the ten are left when their hours end, and go on the next day.
    expect(schedule).toMatchObject({ endsMs: NOW_MS + (24 * 60 + 5) * MINUTE_MS, waiting: 5 });
  });

  test("is that rows expire which share it with others", () => {
    const expiring = group({ expiresMs: NOW_MS + 10 * MINUTE_MS });
    expect(of(expiring).late).toEqual([]);
    expect(of(expiring, group({})).late).toMatchObject([{ expiresMs: expiring.expiresMs, rows: 10 }]);
    expect(of(expiring, group({ notBeforeMs: NOW_MS + 10 * MINUTE_MS })).late).toEqual([]);
  });

  test("is that the quota rests while nothing may be sent, and its burst is there again", () => {
    const works = timedWork([group({ hours: morning, rows: 20 })], NOW_MS);
    // 3 and 10 on the first day; 3 and 4 on the second.
    expect(forecast(works, NOW_MS, pace).schedule.endsMs).toBe(NOW_MS + (24 * 60 + 4) * MINUTE_MS);
  });
});
