import { invalidPattern } from "./invalid-pattern.ts";
import type { CompileOperand } from "./leaf.ts";

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html */
const LIMIT = 5_000_000_000;

type Comparison = (value: number, bound: number) => boolean;

const LOWER: ReadonlyMap<unknown, Comparison> = new Map<unknown, Comparison>([
  [">", (value, bound) => value > bound],
  [">=", (value, bound) => value >= bound],
]);
const UPPER: ReadonlyMap<unknown, Comparison> = new Map<unknown, Comparison>([
  ["<", (value, bound) => value < bound],
  ["<=", (value, bound) => value <= bound],
]);
const EQUAL: ReadonlyMap<unknown, Comparison> = new Map<unknown, Comparison>([
  ["=", (value, bound) => value === bound],
]);

/** `{"numeric": ["=", 1]}`, `{"numeric": [">", 0]}`, `{"numeric": [">", 0, "<=", 5]}`: one bound, or a lower and an upper one. */
export const numericTest: CompileOperand = (operand, path) => {
  if (!Array.isArray(operand)) throw invalidPattern(path, "Value of numeric must be an array.");
  const [operator, bound, upperOperator, upperBound, ...rest]: unknown[] = operand;
  const first = EQUAL.get(operator) ?? LOWER.get(operator) ?? UPPER.get(operator);
  if (first === undefined) {
    throw invalidPattern(path, `Unrecognized numeric range operator: ${JSON.stringify(operator) ?? "none"}`);
  }
  const from = boundOf(bound, path);
  if (operand.length === 2) return (leaf) => typeof leaf === "number" && first(leaf, from);

  const second = UPPER.get(upperOperator);
  if (!LOWER.has(operator) || second === undefined || rest.length > 0) {
    throw invalidPattern(
      path,
      "A numeric range is a lower bound (> or >=) and an upper bound (< or <=), in this order",
    );
  }
  const to = boundOf(upperBound, path);
  if (from >= to) throw invalidPattern(path, "Bottom must be less than top");
  return (leaf) => typeof leaf === "number" && first(leaf, from) && second(leaf, to);
};

function boundOf(value: unknown, path: readonly string[]): number {
  if (typeof value === "number" && Math.abs(value) <= LIMIT) return value;
  throw invalidPattern(path, "Value of a numeric bound must be a number between -5.0e9 and +5.0e9");
}
