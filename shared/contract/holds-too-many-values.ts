/**
 * How many JSON values one request may hold in all. No request that Amazon Connect takes comes near it (its 32,768 bytes of
 * attributes are at most some ten thousand entries); it bounds the work and the number of issues for hostile ones.
 */
export const MAX_VALUES = 20_000;

const children = (value: unknown): readonly unknown[] => {
  if (typeof value !== "object" || value === null) return [];
  return Array.isArray(value) ? value : Object.values(value);
};

/** Whether a candidate holds more values than any request may. Walks without recursion: nesting has no limit yet. */
export const holdsTooManyValues = (candidate: unknown): boolean => {
  const waiting: unknown[] = [candidate];
  let counted = 0;
  while (waiting.length > 0) {
    const below = children(waiting.pop());
    counted += below.length;
    if (counted > MAX_VALUES) return true;
    for (const child of below) waiting.push(child);
  }
  return false;
};
