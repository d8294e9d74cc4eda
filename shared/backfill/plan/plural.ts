/** A count with its noun: `1 row`, `1,000 rows`. */
export const plural = (count: number, one: string): string =>
  `${count.toLocaleString("en-US")} ${one}${count === 1 ? "" : "s"}`;
