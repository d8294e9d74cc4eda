import type { TimedWork } from "./timed-work.ts";

/** What is left of a work on the way through time. Rows are counted in fractions, as if they flowed. */
export interface WorkLeft {
  readonly work: TimedWork;
  left: number;
}

/** Less than this is nothing: what sums of fractions leave behind. */
export const NO_ROWS = 1e-6;

export const rowsLeft = (works: readonly WorkLeft[]): number => works.reduce((rows, { left }) => rows + left, 0);
