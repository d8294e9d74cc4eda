import { horizonMs } from "./horizon.ts";
import type { QuotaPace } from "./quota-pace.ts";
import type { TimedWork } from "./timed-work.ts";
import { NO_ROWS, rowsLeft, type WorkLeft } from "./work-left.ts";

/** A time in which nothing opens, closes, begins or expires. */
export interface Slice {
  readonly fromMs: number;
  /** The works that may be sent now and have rows left, in the order in which they were given. */
  readonly open: readonly WorkLeft[];
  /** How many rows the quota lets through in this time. */
  readonly capacity: number;
}

interface Way {
  readonly nowMs: number;
  readonly pace: Pick<QuotaPace, "ratePerSecond" | "burst">;
  /** Takes from the works that are open what a slice lets through. */
  readonly serve: (slice: Slice) => void;
}

/**
 * Goes through time, from one change to the next, until nothing is left, or to the horizon. The quota is a token bucket that is full at
 * first, and fills again while nothing is sent. Gives the moment at which the last row was sent (epoch milliseconds); null for none.
 */
export function walkThroughTime(works: readonly WorkLeft[], { nowMs, pace, serve }: Way): number | null {
  const openAt = opener(works);
  let tokens = pace.burst;
  let lastMs: number | null = null;
  let fromMs = nowMs;
  for (const toMs of changes(works, nowMs)) {
    const open = openAt(fromMs);
    const capacity = tokens + ((toMs - fromMs) * pace.ratePerSecond) / 1_000;
    const before = rowsLeft(open);
    serve({ fromMs, open, capacity });
    const served = before - rowsLeft(open);
    const workedMs = Math.ceil((Math.max(0, served - tokens - NO_ROWS) * 1_000) / pace.ratePerSecond);
    if (served > 0) lastMs = Math.min(toMs, fromMs + workedMs);
    if (rowsLeft(works) === 0) break;
    tokens = Math.max(0, Math.min(pace.burst, capacity - served));
    fromMs = toMs;
  }
  return lastMs;
}

/** The moments at which something changes, in their order, from `nowMs` on; the horizon is the last. */
function changes(works: readonly WorkLeft[], nowMs: number): readonly number[] {
  const moments = new Set<number>();
  for (const stretches of new Set(works.map(({ work }) => work.stretches))) {
    for (const { fromMs, toMs } of stretches) moments.add(fromMs).add(toMs);
  }
  for (const { work } of works) moments.add(work.notBeforeMs).add(work.expiresMs);
  const untilMs = horizonMs(nowMs);
  const inside = [...moments].filter((atMs) => atMs > nowMs && atMs < untilMs);
  return [...inside.toSorted((one, other) => one - other), untilMs];
}

/** Tells for moments that only go forward which works may be sent then. */
function opener(works: readonly WorkLeft[]): (atMs: number) => readonly WorkLeft[] {
  const next = new Map(works.map(({ work }) => [work.stretches, 0]));
  return (atMs) => {
    const open = new Set<TimedWork["stretches"]>();
    for (const [stretches, known] of next) {
      let index = known;
      while ((stretches[index]?.toMs ?? Infinity) <= atMs) index += 1;
      next.set(stretches, index);
      if ((stretches[index]?.fromMs ?? Infinity) <= atMs) open.add(stretches);
    }
    return works.filter(
      ({ work, left }) => left > 0 && open.has(work.stretches) && work.notBeforeMs <= atMs && atMs < work.expiresMs,
    );
  };
}
