const MOST_DECIMALS = 4;

/** A copy in which no number pretends to be more exact than a measurement is: at most four decimals. */
export function rounded(value: unknown): unknown {
  if (typeof value === "number") return Number(value.toFixed(MOST_DECIMALS));
  if (Array.isArray(value)) return value.map(rounded);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, rounded(member)]));
}
