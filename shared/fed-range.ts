import * as z from "zod";

const count = z.int().nonnegative();

/**
 * What is written down of a range that has been fed: its end, how many of its rows were sent and refused, and when. A list,
 * since one item of 400 KB holds those of a whole file.
 */
export const storedFedRange = z
  .tuple([count, count, count, count])
  .transform(([end, sent, refused, fedAtMs]): FedRange => ({ end, sent, refused, fedAtMs }));

/** A range of a job's file that has been fed: all of its rows are sent or refused. */
export interface FedRange {
  /** The byte after its last. */
  readonly end: number;
  readonly sent: number;
  readonly refused: number;
  /** Epoch milliseconds, before its first row was sent: none of its messages is older. */
  readonly fedAtMs: number;
}
