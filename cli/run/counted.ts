/** So many things, in words: `1 contact`, `0 contacts`. */
export const counted = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? "" : "s"}`;
