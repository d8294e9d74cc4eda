/** The places of every value in a JSON document, each as the keys that lead there. The first is the document itself. */
export function placesOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  const entries = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return [path, ...entries.flatMap(([key, member]) => placesOf(member, [...path, key]))];
}

/** The document with something else at one place. */
export function replacedAt(value: unknown, path: readonly string[], by: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return by;
  if (Array.isArray(value)) {
    return value.map((item, index) => (String(index) === key ? replacedAt(item, rest, by) : item));
  }
  const members = Object.entries(value ?? {});
  return Object.fromEntries(
    members.map(([name, member]) => [name, name === key ? replacedAt(member, rest, by) : member]),
  );
}
