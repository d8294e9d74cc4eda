import type { QuotaPace } from "./quota-pace.ts";
import { rowsIn } from "./rows-in.ts";
import type { TimedWork } from "./timed-work.ts";
import { unionOfStretches } from "./union-of-stretches.ts";
import { type Slice, walkThroughTime } from "./walk-through-time.ts";
import { NO_ROWS, rowsLeft } from "./work-left.ts";

/** What cannot be, in whatever order rows are sent. */
export interface Shortfall {
  /** More rows expire up to a moment than can be sent by then. */
  readonly expiry?: MissedExpiry;
  /** The last row is sent too late: at this moment at the earliest, null for beyond the horizon. */
  readonly endsMs?: number | null;
}

export interface MissedExpiry {
  readonly atMs: number;
  /** The first line of a row that expires then and is not sent. */
  readonly line: number;
  /** How many rows expire up to then, and how many of them can be sent. */
  readonly rows: number;
  readonly sendable: number;
}

interface Limits {
  readonly nowMs: number;
  readonly pace: QuotaPace;
  /** From then on all rows are too old. */
  readonly staleMs: number;
}

/**
 * What cannot be, in whatever order rows are sent; nothing where no proof is found. Where all rows have the same hours, the best order is
 * known: what expires first, first. Where they have not, that order is tried with all rows as if they had the hours of each other, and
 * with the rows of each hours as if they were alone: what fails even so cannot be. What passes may still fail.
 */
export function shortfall(works: readonly TimedWork[], limits: Limits): Shortfall | undefined {
  for (const eased of easier(works)) {
    const found = inBestOrder(eased, limits);
    if (found.expiry !== undefined || found.endsMs !== undefined) return found;
  }
  return undefined;
}

function easier(works: readonly TimedWork[]): readonly (readonly TimedWork[])[] {
  const lists = [...new Set(works.map((work) => work.stretches))];
  if (lists.length < 2) return [works];
  const stretches = unionOfStretches(lists);
  return [
    works.map((work) => ({ ...work, stretches })),
    ...lists.map((list) => works.filter((work) => work.stretches === list)),
  ];
}

function inBestOrder(works: readonly TimedWork[], { nowMs, pace, staleMs }: Limits): Shortfall {
  const ordered = works
    // What is too old by then need not be in time for anything else.
    .map((work) => (work.expiresMs < staleMs ? work : { ...work, expiresMs: Infinity }))
    .toSorted((one, other) => one.expiresMs - other.expiresMs)
    .map((work) => ({ work, left: work.rows }));
  let expiry: MissedExpiry | undefined;
  const serve = ({ fromMs, open, capacity }: Slice): void => {
    const due = ordered.filter(({ work }) => work.expiresMs <= fromMs);
    const missed = due.find(({ left }) => left > NO_ROWS);
    if (missed !== undefined && expiry === undefined) {
      const rows = rowsIn(due.map(({ work }) => work));
      const sendable = Math.floor(rows - rowsLeft(due) + NO_ROWS);
      expiry = { atMs: missed.work.expiresMs, line: missed.work.line, rows, sendable };
    }
    for (const each of due) each.left = 0;
    takeInOrder(open, capacity);
  };
  const lastMs = walkThroughTime(ordered, { nowMs, pace, serve });
  const endsMs = rowsLeft(ordered) === 0 ? (lastMs ?? nowMs) : null;
  const isTooLate = endsMs === null || endsMs > staleMs;
  return { ...(expiry !== undefined && { expiry }), ...(isTooLate && { endsMs }) };
}

function takeInOrder(open: Slice["open"], capacity: number): void {
  let rest = capacity;
  for (const each of open) {
    const taken = Math.min(each.left, rest);
    each.left = each.left - taken < NO_ROWS ? 0 : each.left - taken;
    rest -= taken;
  }
}
