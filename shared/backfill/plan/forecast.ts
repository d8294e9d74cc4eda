import { firstChanceMs } from "./first-chance.ts";
import { horizonMs } from "./horizon.ts";
import { type QuotaPace, workMs } from "./quota-pace.ts";
import { rowsIn } from "./rows-in.ts";
import type { Schedule } from "./schedule.ts";
import type { TimedWork } from "./timed-work.ts";
import { type Slice, walkThroughTime } from "./walk-through-time.ts";
import { NO_ROWS, rowsLeft, type WorkLeft } from "./work-left.ts";

/** What is likely to become of rows. */
export interface Forecast {
  readonly schedule: Schedule;
  /** Those of which some expire before their turn comes. */
  readonly late: readonly TimedWork[];
}

/**
 * What is likely to become of rows. SQS gives out messages in no order, and those that may not be sent yet are hidden: so all rows that
 * may be sent at a moment share the quota in proportion to their number, and the others wait. A row that expires leaves the queue.
 */
export function forecast(works: readonly TimedWork[], nowMs: number, pace: QuotaPace): Forecast {
  const all = works.map((work) => ({ work, left: work.rows }));
  const late = new Set<TimedWork>();
  let waiting = 0;
  const serve = (slice: Slice): void => {
    for (const each of expired(all, slice)) {
      late.add(each.work);
      each.left = 0;
    }
    waiting = Math.max(waiting, rowsLeft(all) - rowsLeft(slice.open));
    shareOut(slice);
  };
  const lastMs = walkThroughTime(all, { nowMs, pace, serve });
  const beginsMs = Math.min(horizonMs(nowMs), ...works.map((work) => firstChanceMs(work) ?? Infinity));
  const endsMs = rowsLeft(all) === 0 ? (lastMs ?? beginsMs) : null;
  const quotaMs = workMs(rowsIn(works), pace);
  return {
    schedule: { quotaMs, beginsMs, endsMs, waiting: Math.max(0, Math.ceil(waiting - NO_ROWS)) },
    late: [...late],
  };
}

const expired = (works: readonly WorkLeft[], { fromMs }: Slice): readonly WorkLeft[] =>
  works.filter(({ work, left }) => left > 0 && work.expiresMs <= fromMs);

function shareOut({ open, capacity }: Slice): void {
  const wanted = rowsLeft(open);
  const partLeft = capacity > wanted - NO_ROWS ? 0 : 1 - capacity / wanted;
  for (const each of open) each.left *= partLeft;
}
