/**
 * The smallest of the values that is not exceeded by this share of them (nearest rank): 0.5 is the median, 1 the largest.
 * Always one of the values; null if there are none.
 */
export function percentile(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((one, other) => one - other);
  // Products such as 0.07 × 100 are a little above 7, and would take the next rank.
  const rank = Math.max(1, Math.ceil(share * sorted.length - 1e-9));
  return sorted[rank - 1] ?? null;
}
