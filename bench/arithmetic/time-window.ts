/** A stretch of time, in epoch milliseconds: from the first, up to and without the second. */
export interface TimeWindow {
  readonly fromMs: number;
  readonly toMs: number;
}

export const isWithin = ({ fromMs, toMs }: TimeWindow, atMs: number): boolean => atMs >= fromMs && atMs < toMs;

export const secondsOf = ({ fromMs, toMs }: TimeWindow): number => (toMs - fromMs) / 1000;
