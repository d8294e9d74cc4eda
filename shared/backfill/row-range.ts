/** Whole rows of a file that are fed together: its bytes from `start` up to `end`. */
export interface RowRange {
  readonly start: number;
  readonly end: number;
  /** Of its first row; lines count from 1. */
  readonly firstLine: number;
  readonly rows: number;
}
