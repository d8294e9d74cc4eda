import { arnPattern } from "./arn-pattern.ts";
import { wildcard } from "./wildcard.ts";

export interface ConditionOperator {
  /** Whether a value of the request is as the policy's value says. */
  readonly compare: (written: string) => (given: string) => boolean;
  /** It holds for what none of the policy's values fits, and for a key that the request does not have. */
  readonly negated: boolean;
}

type Compare = ConditionOperator["compare"];

const equals: Compare = (written) => (given) => given === written;
const equalsInAnyCase: Compare = (written) => (given) => given.toLowerCase() === written.toLowerCase();
const like: Compare = (written) => wildcard(written);
const arnLike: Compare = (written) => arnPattern(written);

const numeric =
  (holds: (given: number, written: number) => boolean): Compare =>
  (written) =>
  (given) =>
    holds(Number(given), Number(written));

const positive = (compare: Compare): ConditionOperator => ({ compare, negated: false });
const negated = (compare: Compare): ConditionOperator => ({ compare, negated: true });

/**
 * `Null` is apart, since it asks for the key and not for its values. Dates, addresses and binary values are left out.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export const CONDITION_OPERATORS: ReadonlyMap<string, ConditionOperator> = new Map([
  ["StringEquals", positive(equals)],
  ["StringNotEquals", negated(equals)],
  ["StringEqualsIgnoreCase", positive(equalsInAnyCase)],
  ["StringNotEqualsIgnoreCase", negated(equalsInAnyCase)],
  ["StringLike", positive(like)],
  ["StringNotLike", negated(like)],
  // The two behave alike, says the documentation.
  ["ArnEquals", positive(arnLike)],
  ["ArnLike", positive(arnLike)],
  ["ArnNotEquals", negated(arnLike)],
  ["ArnNotLike", negated(arnLike)],
  ["NumericEquals", positive(numeric((given, written) => given === written))],
  ["NumericNotEquals", negated(numeric((given, written) => given === written))],
  ["NumericLessThan", positive(numeric((given, written) => given < written))],
  ["NumericLessThanEquals", positive(numeric((given, written) => given <= written))],
  ["NumericGreaterThan", positive(numeric((given, written) => given > written))],
  ["NumericGreaterThanEquals", positive(numeric((given, written) => given >= written))],
  ["Bool", positive(equalsInAnyCase)],
]);
