import type { SlotReport } from "./slot.ts";

/** So many answers of one bad kind in a row say something about the account, not about one request. */
const LONG_STREAK = 5;

/** How often the last report came in a row. */
export interface Streak {
  readonly report: SlotReport;
  readonly length: number;
}

export const NO_STREAK: Streak = { report: "other", length: 0 };

/** The streak after one more report. A slot that nobody used says nothing. */
export function afterOneMore(streak: Streak, report: SlotReport): Streak {
  if (report === "unused") return streak;
  return { report, length: streak.report === report ? streak.length + 1 : 1 };
}

export const isLong = ({ length }: Streak): boolean => length >= LONG_STREAK;
