import { isJsonObject } from "../../connect-emulator/json-object.ts";
import { anythingButTest } from "./anything-but-test.ts";
import { cidrTest } from "./cidr-test.ts";
import { invalidPattern } from "./invalid-pattern.ts";
import { type CompileOperand, isLeaf, type Leaf } from "./leaf.ts";
import { numericTest } from "./numeric-test.ts";
import { TEXT_TESTS } from "./text-tests.ts";

/** Whether the leaves that an event has at one place satisfy one item of a pattern's list. */
export type MemberTest = (leaves: readonly Leaf[]) => boolean;

const OPERATORS: ReadonlyMap<string, CompileOperand> = new Map([
  ...TEXT_TESTS,
  ["anything-but", anythingButTest],
  ["numeric", numericTest],
  ["cidr", cidrTest],
]);

/** One item of a pattern's list: a value, `{"exists": …}`, or one operator with its operand. */
export function memberTest(item: unknown, path: readonly string[]): MemberTest {
  if (isLeaf(item)) return (leaves) => leaves.includes(item);
  if (!isJsonObject(item)) {
    throw invalidPattern(path, "Match value must be String, number, true, false, or null");
  }
  const [[operator, operand] = [], ...others] = Object.entries(item);
  if (operator === undefined) throw invalidPattern(path, "Empty objects are not allowed");
  if (others.length > 0) throw invalidPattern(path, "Only one key allowed in match expression");
  if (operator === "exists") return existsTest(operand, path);

  const compile = OPERATORS.get(operator);
  if (compile === undefined) {
    const known = [...OPERATORS.keys(), "exists"].sort().join(", ");
    throw invalidPattern(path, `Unrecognized match type ${operator}. Known: ${known}`);
  }
  const test = compile(operand, path);
  // In an array of the event one value that matches is enough, for anything-but too.
  return (leaves) => leaves.some(test);
}

/** Only leaves exist: for a member that is an object, or an empty array, `exists` is false. */
function existsTest(operand: unknown, path: readonly string[]): MemberTest {
  if (typeof operand !== "boolean") throw invalidPattern(path, "exists match pattern must be either true or false.");
  return (leaves) => leaves.length > 0 === operand;
}
