/**
 * The delay before attempt `attempts + 1`: full jitter over `baseMs` · 2ⁿ, at most `maxMs`, where n is 0 after the first
 * attempt. `random` is uniform over [0, 1). Full jitter spreads messages that failed together.
 */
export function backoffMs(
  attempts: number,
  { baseMs, maxMs }: { readonly baseMs: number; readonly maxMs: number },
  random: number,
): number {
  const doublings = Math.min(Math.max(attempts - 1, 0), 40);
  return Math.floor(random * Math.min(baseMs * 2 ** doublings, maxMs));
}
