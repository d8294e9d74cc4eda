import * as z from "zod";
import { ISSUE_CODES, type IssueCode } from "./issue.ts";
import { nearestName } from "./nearest-name.ts";
import { ISSUE_CODE_PARAM } from "./rule.ts";

interface Verdict {
  readonly code: IssueCode;
  readonly message: string;
}

const KINDS: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  object: "an object",
  record: "an object",
  array: "a list",
};

const ruleCode = z.enum(ISSUE_CODES);

const plural = (count: number | bigint, one: string): string => `${count} ${one}${Number(count) === 1 ? "" : "s"}`;

const oneOf = (values: readonly z.core.util.Primitive[]): string =>
  values.length === 1 ? String(values[0]) : `one of ${values.map(String).join(", ")}`;

const guess = (value: string, values: readonly z.core.util.Primitive[]): string => {
  const nearest = nearestName(value, values.map(String));
  return nearest === undefined ? "" : `; the nearest is ${nearest}`;
};

const wrongKind = (value: unknown, wanted: string): Verdict => ({
  code: "wrong-type",
  message: value === null ? `must be ${wanted}, not null: leave out what has no value` : `must be ${wanted}`,
});

const limit = (issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): Verdict => {
  const [word, bound] =
    issue.code === "too_small" ? (["least", issue.minimum] as const) : (["most", issue.maximum] as const);
  const isShort = issue.code === "too_small";
  if (issue.origin === "string") {
    return {
      code: isShort ? "too-short" : "too-long",
      message: `must be at ${word} ${plural(bound, "character")} long`,
    };
  }
  if (issue.origin === "array") {
    return { code: isShort ? "too-short" : "too-long", message: `must hold at ${word} ${plural(bound, "item")}` };
  }
  return { code: isShort ? "too-small" : "too-large", message: `must be at ${word} ${bound}` };
};

const outsideOfSet = (values: readonly z.core.util.Primitive[], value: unknown): Verdict => {
  if (value === undefined) return { code: "required", message: `is required and must be ${oneOf(values)}` };
  if (typeof value !== "string") return wrongKind(value, `text: ${oneOf(values)}`);
  return { code: "not-allowed", message: `must be ${oneOf(values)}${guess(value, values)}` };
};

/**
 * The table from zod's issues to ours. Every message is made here or written beside its rule; zod's own are not used, since some
 * of them quote the value. `value` is what stands at the place of the issue, undefined if there is nothing.
 */
export const fromZodIssue = (issue: z.core.$ZodIssue, value: unknown): Verdict => {
  switch (issue.code) {
    case "invalid_type":
      if (issue.expected === "never") return { code: "too-deep", message: issue.message };
      if (value === undefined) return { code: "required", message: "is required" };
      return wrongKind(value, KINDS[issue.expected] ?? "of another type");
    case "invalid_value":
      return outsideOfSet(issue.values, value);
    case "too_small":
    case "too_big":
      return limit(issue);
    case "not_multiple_of":
      return { code: "wrong-type", message: "must be a whole number" };
    case "invalid_format":
      return { code: "pattern", message: issue.message };
    case "custom":
      return { code: ruleCode.parse(issue.params?.[ISSUE_CODE_PARAM]), message: issue.message };
    // Unknown keys are told apart before, and the contract holds neither unions nor keyed collections of zod's kind. Should one
    // come all the same, this sentence is at least safe.
    case "unrecognized_keys":
    case "invalid_union":
    case "invalid_key":
    case "invalid_element":
      return { code: "wrong-type", message: "does not have the form that is asked for here" };
  }
};
