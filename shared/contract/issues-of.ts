import * as z from "zod";
import { fromZodIssue } from "./from-zod-issue.ts";
import { hints } from "./hints.ts";
import type { Issue, IssueCode } from "./issue.ts";
import { nearestName } from "./nearest-name.ts";
import type { Place } from "./place.ts";
import { reservedKeys } from "./reserved-keys.ts";

interface Finding {
  readonly place: Place;
  readonly code: IssueCode;
  readonly message: string;
}

const compareOrders = (one: readonly number[], other: readonly number[]): number => {
  for (const [depth, position] of one.entries()) {
    const theirs = other[depth];
    if (theirs === undefined) return 1;
    if (position !== theirs) return position - theirs;
  }
  return one.length - other.length;
};

const enumKeys = (schema: Place["schema"]): readonly string[] =>
  schema instanceof z.ZodRecord && schema.keyType instanceof z.ZodEnum ? schema.keyType.options.map(String) : [];

const unknownKey = (parent: Place, key: string): Finding => {
  const place = parent.below(key);
  const keys = enumKeys(parent.schema);
  if (keys.length > 0) {
    return { place, code: "not-allowed", message: `a key of this map must be one of ${keys.join(", ")}` };
  }
  const nearest = parent.schema instanceof z.ZodObject && nearestName(key, Object.keys(parent.schema.shape));
  const hint = nearest ? `; the nearest known name is ${nearest}` : ": unknown members are refused, not dropped";
  return { place, code: "unknown-member", message: `is not a name that the contract knows here${hint}` };
};

const findings = (root: Place, issue: z.core.$ZodIssue): readonly Finding[] => {
  let place = root;
  for (const step of issue.path) place = place.below(step);
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey(place, key));
  const { code, message } = fromZodIssue(issue, place.value);
  return [{ place, code, message: issue.code === "custom" ? message : `${message}${hintAt(place, code)}` }];
};

const HINTED: readonly IssueCode[] = ["required", "not-allowed", "wrong-type"];

const hintAt = ({ schema }: Place, code: IssueCode): string => {
  const hint = schema !== undefined && HINTED.includes(code) ? hints.get(schema)?.hint : undefined;
  return hint === undefined ? "" : ` (${hint})`;
};

const reservedKey = (place: Place): Finding => ({
  place,
  code: "not-allowed",
  message: "is a key that JavaScript keeps for itself, so it could be lost on the way: choose another one",
});

/**
 * All that is wrong with the candidate that `root` stands for, in the order of the document; what is missing comes behind its
 * siblings. Reserved keys are looked for apart, since zod drops them in silence.
 */
export const issuesOf = (root: Place, zodIssues: readonly z.core.$ZodIssue[]): readonly Issue[] =>
  [...zodIssues.flatMap((issue) => findings(root, issue)), ...reservedKeys(root).map(reservedKey)]
    .toSorted((one, other) => compareOrders(one.place.order, other.place.order))
    .map(({ place: { path }, code, message }) => ({ path, code, message }));
