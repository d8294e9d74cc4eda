import type { Buffer } from "node:buffer";

/** Where a row stands in its block: from `from` up to `to`, its line end included. */
export interface RowPlace {
  /** The line in which it begins; lines count from 1. */
  readonly line: number;
  readonly from: number;
  readonly to: number;
}

/** Whole rows that follow on each other, without the blank lines between them. */
export interface RowBlock {
  readonly bytes: Buffer;
  /** At which byte of the file `bytes` begins. */
  readonly offset: number;
  readonly rows: readonly RowPlace[];
}

/** The bytes of one row. */
export const bytesOfRow = ({ bytes }: RowBlock, { from, to }: RowPlace): Buffer => bytes.subarray(from, to);
