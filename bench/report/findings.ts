import type { Target } from "./target.ts";

/** What was measured in one case: its name, and numbers with their units in their names. */
export interface Measurement {
  readonly name: string;
  readonly [quantity: string]: string | number | boolean | null;
}

/** What a benchmark found out. */
export interface Findings {
  /** Under which conditions: what a reader needs to measure the same again. */
  readonly conditions: Readonly<Record<string, unknown>>;
  /** By heading. Those under one heading have the same quantities. */
  readonly measurements: Readonly<Record<string, readonly Measurement[]>>;
  readonly targets: readonly Target[];
  /** What was left out, and why: a sentence each. */
  readonly skipped: readonly string[];
}
