import { isJsonObject } from "../../connect-emulator/json-object.ts";
import { invalidPattern } from "./invalid-pattern.ts";
import type { CompileOperand, LeafTest } from "./leaf.ts";
import { TEXT_TESTS } from "./text-tests.ts";

/**
 * `{"anything-but": …}` of a text, a number, a list of either, or one of the operators on text with a text or a list of
 * them. A member that is not there does not match.
 */
export const anythingButTest: CompileOperand = (operand, path) => {
  const excluded = isJsonObject(operand) ? byOperator(operand, path) : byValue(operand, path);
  return (leaf) => !excluded.some((test) => test(leaf));
};

function byOperator(operand: Readonly<Record<string, unknown>>, path: readonly string[]): readonly LeafTest[] {
  const [[operator, value] = [], ...others] = Object.entries(operand);
  const compile = TEXT_TESTS.get(operator ?? "");
  if (compile === undefined || others.length > 0) {
    throw invalidPattern(
      path,
      `Unsupported anything-but pattern: it takes one of ${[...TEXT_TESTS.keys()].join(", ")}`,
    );
  }
  return listOf(value, path).map((each) => {
    if (typeof each !== "string")
      throw invalidPattern(path, `anything-but ${operator} takes a string or a list of them`);
    return compile(each, path);
  });
}

function byValue(operand: unknown, path: readonly string[]): readonly LeafTest[] {
  const values = listOf(operand, path);
  const types = new Set(values.map((value) => typeof value));
  if (types.size > 1 || !(types.has("string") || types.has("number"))) {
    throw invalidPattern(path, "Inside anything-but list, values must be all strings or all numbers");
  }
  return values.map((value) => (leaf) => leaf === value);
}

function listOf(value: unknown, path: readonly string[]): readonly unknown[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (list.length === 0) throw invalidPattern(path, "Empty arrays are not allowed");
  return list;
}
