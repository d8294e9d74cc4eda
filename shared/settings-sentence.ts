import * as z from "zod";

/**
 * One sentence about a wrong setting: its name, the rule, and what could be typed instead, taken from `examples`, which
 * are complete settings: `batchSize must be a whole number from 1 to 10, as in {"batchSize":10}.`
 */
export function settingsSentence({ path, message, code }: z.core.$ZodIssue, examples: unknown): string {
  const name = path.length === 0 ? "The settings" : z.core.toDotPath(path);
  if (code === "unrecognized_keys") return path.length === 0 ? message : `${name}: ${message}`;
  const example = path.reduce(memberOf, examples);
  // A rule between several settings says itself what to type: which example is right depends on the others.
  if (code === "custom" || path.length === 0 || example === undefined) return `${name} ${message}.`;
  return `${name} ${message}, as in ${JSON.stringify(path.reduceRight(wrap, example))}.`;
}

function memberOf(value: unknown, key: PropertyKey): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  const members: [string, unknown][] = Object.entries(value);
  return members.find(([name]) => name === String(key))?.[1];
}

const wrap = (value: unknown, key: PropertyKey): unknown => (typeof key === "number" ? [value] : { [key]: value });
