import { parseContactRequest } from "#shared/contract/contact-request.ts";
import type { Issue, PathSegment } from "#shared/contract/issue.ts";
import {
  ANY_TEXT,
  RULES_BEYOND_THE_SCHEMA,
  type RuleBeyondTheSchema,
} from "../../../schemas/rules-beyond-the-schema.ts";
import { fulfilsTheSchema } from "./published-schema.ts";

const stepOf = (segment: PathSegment): string => {
  switch (segment.kind) {
    case "member":
      return segment.name;
    case "index":
      return "[]";
    case "entry":
      return "*";
  }
};

const standsAt = (place: string, where: string): boolean =>
  where === ANY_TEXT || place === where || (where !== "" && place.endsWith(`.${where}`));

const ruleOf = ({ path, code, message }: Issue): RuleBeyondTheSchema | undefined => {
  const place = path.map(stepOf).join(".");
  return RULES_BEYOND_THE_SCHEMA.find(
    (rule) => rule.code === code && message.includes(rule.says) && standsAt(place, rule.where),
  );
};

type Judgement =
  | { readonly kind: "agreed"; readonly isGood: boolean }
  /** The contract refuses what the schema lets through, and every reason is in the list. */
  | { readonly kind: "beyond-the-schema"; readonly rules: readonly RuleBeyondTheSchema[] }
  | { readonly kind: "disagreed"; readonly why: string };

/** What the contract and the published schema say about one candidate. */
export const judge = (candidate: unknown): Judgement => {
  const parsed = parseContactRequest(candidate);
  const isInSchema = fulfilsTheSchema(candidate);
  if (parsed.ok === isInSchema) return { kind: "agreed", isGood: parsed.ok };
  if (parsed.ok) return { kind: "disagreed", why: "the schema refuses what the contract lets through" };
  const rules = parsed.error.map((issue) => ({ issue, rule: ruleOf(issue) }));
  const unlisted = rules.filter(({ rule }) => rule === undefined);
  if (unlisted.length === 0) {
    return { kind: "beyond-the-schema", rules: rules.flatMap(({ rule }) => rule ?? []) };
  }
  const [first] = unlisted;
  const place = first?.issue.path.map(stepOf).join(".") ?? "";
  return { kind: "disagreed", why: `the schema knows nothing of: ${place} ${first?.issue.message ?? ""}` };
};
