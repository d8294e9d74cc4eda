/** How often Connect's quota of open contacts refused one request while it let others in. */
export interface CapacityRefusals {
  readonly count: number;
  readonly lastAtMs: number;
}

/**
 * Counts one more refusal at `atMs`. Refusals in a row are one: the account is full. A refusal after Connect has let
 * another request in (`lastAcceptedAtMs`) is one more: then it may be this request that Connect does not want.
 */
export function countCapacityRefusal(
  before: CapacityRefusals | undefined,
  lastAcceptedAtMs: number | undefined,
  atMs: number,
): CapacityRefusals {
  if (before === undefined) return { count: 1, lastAtMs: atMs };
  const othersWentThrough = lastAcceptedAtMs !== undefined && lastAcceptedAtMs > before.lastAtMs;
  return { count: before.count + (othersWentThrough ? 1 : 0), lastAtMs: atMs };
}
