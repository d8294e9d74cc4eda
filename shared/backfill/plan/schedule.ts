import type { SendingHours } from "../../contract/fields/sending-hours.ts";
import { openStretches, type Stretch } from "./open-stretches.ts";
import { endOfWork } from "./open-time.ts";
import { type QuotaPace, workMs } from "./quota-pace.ts";
import type { RowFacts } from "./row-facts.ts";

/** When the rows of a file would be sent, the backfill alone on the quota. Moments are epoch milliseconds. */
export interface Schedule {
  /** What the quota alone takes, day and night. */
  readonly quotaMs: number;
  /** When the first rows can be sent. */
  readonly beginsMs: number;
  /** In open hours only, and not before the rows' own `notBefore`. Null where it is more than HORIZON_DAYS ahead. */
  readonly endsMs: number | null;
  /** How many rows will be received before they may be sent, and wait hidden in the queue. */
  readonly waiting: number;
}

/** What a schedule is made of. */
export interface ScheduleBasis {
  readonly nowMs: number;
  readonly pace: QuotaPace;
  readonly facts: Pick<RowFacts, "rows" | "hours" | "notBefores">;
}

/**
 * The schedule of a file. Where rows have different sending hours, each of these is asked as if all rows had them, and the latest
 * end counts.
 */
export function scheduleOf(basis: ScheduleBasis): Schedule {
  const { nowMs, pace, facts } = basis;
  const hours = facts.hours.map((group) => group.hours);
  const ends = hours.flatMap((each) =>
    decisiveParts(basis).map(({ fromMs, rows }) => endOfWork(workMs(rows, pace), each, fromMs)),
  );
  return {
    quotaMs: workMs(facts.rows, pace),
    beginsMs: Math.min(...hours.map((each) => firstStretch(each, nowMs).fromMs)),
    endsMs: latest(ends),
    waiting: Math.min(facts.rows, rowsNotYet(basis) + rowsOutOfHours(basis)),
  };
}

interface Part {
  /** None of these rows can be sent before. */
  readonly fromMs: number;
  readonly rows: number;
}

/** All rows from now on; and the rows with a later `notBefore`, of those the ones that end last if it is always open, and the last. */
function decisiveParts({ nowMs, pace, facts }: ScheduleBasis): readonly Part[] {
  const parts: Part[] = [];
  let rows = 0;
  for (const moment of facts.notBefores.sorted().toReversed()) {
    rows += moment.rows;
    if (moment.atMs > nowMs) parts.push({ fromMs: moment.atMs, rows: Math.min(rows, facts.rows) });
  }
  const endMs = (part: Part): number => part.fromMs + workMs(part.rows, pace);
  const longest = parts.toSorted((one, other) => endMs(other) - endMs(one)).slice(0, 1);
  return [{ fromMs: nowMs, rows: facts.rows }, ...parts.slice(0, 1), ...longest];
}

const rowsNotYet = ({ nowMs, facts }: ScheduleBasis): number =>
  facts.notBefores.sorted().reduce((sum, { atMs, rows }) => sum + (atMs > nowMs ? rows : 0), 0);

/** What is left of each group when its hours end for the first time; all of it where they have not begun. */
function rowsOutOfHours({ nowMs, pace, facts }: ScheduleBasis): number {
  return facts.hours.reduce((sum, { hours, rows }) => {
    const { fromMs, toMs } = firstStretch(hours, nowMs);
    if (fromMs > nowMs) return sum + rows;
    const openMs = toMs - fromMs;
    return (
      sum + (workMs(rows, pace) <= openMs ? 0 : Math.ceil(rows - pace.burst - (openMs * pace.ratePerSecond) / 1_000))
    );
  }, 0);
}

function firstStretch(hours: SendingHours | undefined, nowMs: number): Stretch {
  for (const stretch of openStretches(hours, nowMs)) return stretch;
  throw new Error("There are no hours that never come.");
}

const latest = (moments: readonly (number | undefined)[]): number | null =>
  moments.reduce<number | null>(
    (last, moment) => (last === null || moment === undefined ? null : Math.max(last, moment)),
    0,
  );
