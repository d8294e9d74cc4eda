/** `part` ÷ `whole`; null where there is no whole, so that nothing divided by nothing is not taken for good. */
export const ratio = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);
