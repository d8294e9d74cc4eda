import type { FedRange } from "../fed-range.ts";
import type { RowRange } from "./row-range.ts";

/** The ranges that are not among those that have been fed. `fed` is by their first bytes. */
export const unfedRanges = (ranges: readonly RowRange[], fed: ReadonlyMap<number, FedRange>): readonly RowRange[] =>
  ranges.filter(({ start, end }) => fed.get(start)?.end !== end);
