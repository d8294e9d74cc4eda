/** What a measurement was to be, and whether it was. A benchmark reports it, and fails for nothing. */
export interface Target {
  readonly name: string;
  /** For people: `≥ 0.97`. */
  readonly target: string;
  /** null: nothing could be measured, so the target was not met. */
  readonly measured: number | null;
  readonly met: boolean;
}

export const atLeast = (name: string, measured: number | null, least: number): Target => ({
  name,
  target: `≥ ${least}`,
  measured,
  met: measured !== null && measured >= least,
});

export const atMost = (name: string, measured: number | null, most: number): Target => ({
  name,
  target: `≤ ${most}`,
  measured,
  met: measured !== null && measured <= most,
});
