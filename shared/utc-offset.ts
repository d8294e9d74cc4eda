const SECOND_MS = 1_000;

/**
 * Tells, for any moment (epoch milliseconds), how many milliseconds the clocks on the wall of a time zone are ahead of
 * UTC. `timeZone` is a name that Intl knows.
 */
export function utcOffset(timeZone: string): (atMs: number) => number {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  return (atMs) => {
    const parts = new Map(format.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]));
    const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
    const wallMs = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
    return wallMs - Math.floor(atMs / SECOND_MS) * SECOND_MS;
  };
}
