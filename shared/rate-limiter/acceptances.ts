/** When a contact was last made, by the group of requests that add to the same kind of open contacts. */
export type Acceptances = Readonly<Record<string, number>>;

/** What two know together: of each group the later moment. The first one itself where the other adds nothing. */
export function laterOf(one: Acceptances, other: Acceptances): Acceptances {
  const newer = Object.entries(other).filter(([group, atMs]) => atMs > (one[group] ?? 0));
  return newer.length === 0 ? one : { ...one, ...Object.fromEntries(newer) };
}
