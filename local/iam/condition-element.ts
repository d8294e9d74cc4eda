import * as z from "zod";
import { TemplateError } from "../template/template-error.ts";
import type { RequestContext } from "./access.ts";
import { CONDITION_KEYS, KEYS_OF_SEVERAL_VALUES } from "./condition-keys.ts";
import { CONDITION_OPERATORS, type ConditionOperator } from "./condition-operators.ts";
import { oneOrMore } from "./one-or-more.ts";
import { refusePolicyVariables } from "./policy-variables.ts";

type Quantifier = "ForAllValues" | "ForAnyValue" | undefined;

/** One operator on one key. */
type Test = (context: RequestContext) => boolean;

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const conditionElement = z.record(z.string(), z.record(z.string(), oneOrMore(scalar)));

/**
 * All of a Condition must hold. Throws a TemplateError that names the operator or the key if it is not known here.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
 */
export function readConditionElement(element: unknown): Test {
  const parsed = conditionElement.safeParse(element);
  if (!parsed.success) throw new TemplateError(`Condition: ${JSON.stringify(element)} is no map of operators to keys.`);
  const tests = Object.entries(parsed.data).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => readTest(operator, key, values)),
  );
  return (context) => tests.every((test) => test(context));
}

function readTest(written: string, writtenKey: string, values: readonly string[]): Test {
  const key = knownKey(writtenKey);
  for (const value of values) refusePolicyVariables(value);
  if (written === "Null") return nullTest(key, values);

  const { operator, quantifier, ifExists } = knownOperator(written);
  if (KEYS_OF_SEVERAL_VALUES.has(key) && quantifier === undefined) {
    throw new TemplateError(
      `Condition: ${writtenKey} may have several values at once. Write ForAllValues:${written} or ForAnyValue:${written}.`,
    );
  }
  const holds = valuesHold(operator, quantifier, values);
  const whenAbsent = ifExists || (quantifier === undefined ? operator.negated : quantifier === "ForAllValues");
  return (context) => {
    const given = context.get(key) ?? [];
    return given.length === 0 ? whenAbsent : holds(given);
  };
}

function valuesHold(
  { compare, negated }: ConditionOperator,
  quantifier: Quantifier,
  values: readonly string[],
): (given: readonly string[]) => boolean {
  const comparisons = values.map(compare);
  const holds = (value: string): boolean => comparisons.some((fits) => fits(value)) !== negated;
  return (given) => (quantifier === "ForAnyValue" ? given.some(holds) : given.every(holds));
}

/** True asks for a key to be absent, false for it to be there. */
function nullTest(key: string, values: readonly string[]): Test {
  const wanted = values.map((value) => value.toLowerCase() === "true");
  return (context) => wanted.includes((context.get(key) ?? []).length === 0);
}

function knownKey(written: string): string {
  const key = written.toLowerCase();
  if (CONDITION_KEYS.has(key)) return key;
  throw new TemplateError(
    `Condition: the key ${written} is not known to the local runner, which knows ${[...CONDITION_KEYS.values()].join(", ")}.`,
  );
}

function knownOperator(written: string): { operator: ConditionOperator; quantifier: Quantifier; ifExists: boolean } {
  const [, quantifier, name = "", suffix] = /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/.exec(written) ?? [];
  const operator = CONDITION_OPERATORS.get(name);
  if (operator === undefined) {
    throw new TemplateError(
      `Condition: the operator ${written} is not known to the local runner, which knows ${[...CONDITION_OPERATORS.keys(), "Null"].join(", ")}.`,
    );
  }
  return {
    operator,
    quantifier: quantifier === "ForAllValues" || quantifier === "ForAnyValue" ? quantifier : undefined,
    ifExists: suffix !== undefined,
  };
}
