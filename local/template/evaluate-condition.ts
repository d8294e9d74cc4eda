import { type ReferenceScope, resolveValue } from "./resolve-value.ts";
import { TemplateError } from "./template-error.ts";

/** The truth of an expression from the template's Conditions. */
export function evaluateCondition(expression: unknown, scope: ReferenceScope): boolean {
  const [name, argument] = onlyEntry(expression);
  const operands: readonly unknown[] = Array.isArray(argument) ? argument : [argument];
  const truth = (operand: unknown): boolean => evaluateCondition(operand, scope);
  switch (name) {
    case "Condition":
      return scope.condition(String(argument));
    case "Fn::And":
      return operands.every(truth);
    case "Fn::Or":
      return operands.some(truth);
    case "Fn::Not":
      return !operands.some(truth);
    case "Fn::Equals": {
      const [left, right] = operands.map((operand) => JSON.stringify(resolveValue(operand, scope)));
      return left === right;
    }
    default:
      throw new TemplateError(`The condition function ${name} is not known to the local runner.`);
  }
}

function onlyEntry(expression: unknown): [string, unknown] {
  const entries = typeof expression === "object" && expression !== null ? Object.entries(expression) : [];
  const [entry] = entries;
  if (entry !== undefined && entries.length === 1) return entry;
  throw new TemplateError(`A condition is one function such as Fn::Equals, not ${JSON.stringify(expression)}.`);
}
