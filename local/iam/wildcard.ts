/**
 * Whether a text is as the pattern says: `*` stands for any characters, none too, and `?` for exactly one. There is no
 * way to write either of the two for itself.
 */
export function wildcard(pattern: string, letters: "exactly" | "in-any-case" = "exactly"): (text: string) => boolean {
  const expression = pattern
    .replace(/[\\^$.+()[\]{}|]/g, "\\$&")
    .replaceAll(/\*+/g, ".*")
    .replaceAll("?", ".");
  const compiled = new RegExp(`^${expression}$`, letters === "exactly" ? "su" : "sui");
  return (text) => compiled.test(text);
}
