import { isJsonObject, type JsonObject } from "../../connect-emulator/json-object.ts";
import { invalidPattern } from "./invalid-pattern.ts";
import { leavesOf, objectsOf } from "./leaf.ts";
import { memberTest } from "./member-test.ts";

/** Whether an event matches. */
export type EventPattern = (event: JsonObject) => boolean;

/**
 * An event pattern, ready to match: every member must match, one item of its list is enough, and the members of an object
 * in an array are looked for in the same element. Throws an InvalidEventPatternException for what is not understood.
 *
 * One difference to AWS: 300 and 300.0 are the same number here.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function compilePattern(pattern: unknown, path: readonly string[] = []): EventPattern {
  if (!isJsonObject(pattern)) throw invalidPattern(path, "Filter is not an object");
  const members = Object.entries(pattern);
  if (members.length === 0) throw invalidPattern(path, "Empty objects are not allowed");
  const tests = members.map(([name, expected]) =>
    name === "$or" ? anyOf(expected, [...path, name]) : memberPattern(name, expected, [...path, name]),
  );
  return (event) => tests.every((test) => test(event));
}

function anyOf(alternatives: unknown, path: readonly string[]): EventPattern {
  if (!Array.isArray(alternatives) || alternatives.length === 0) {
    throw invalidPattern(path, "$or must be a list of patterns that is not empty");
  }
  const patterns = alternatives.map((alternative, index) => compilePattern(alternative, [...path, String(index)]));
  return (event) => patterns.some((matches) => matches(event));
}

function memberPattern(name: string, expected: unknown, path: readonly string[]): EventPattern {
  if (Array.isArray(expected)) {
    if (expected.length === 0) throw invalidPattern(path, "Empty arrays are not allowed");
    const tests = expected.map((item) => memberTest(item, path));
    return (event) => {
      const leaves = leavesOf(event[name]);
      return tests.some((test) => test(leaves));
    };
  }
  if (!isJsonObject(expected)) throw invalidPattern(path, `"${name}" must be an object or an array`);
  const matches = compilePattern(expected, path);
  return (event) => {
    const objects = objectsOf(event[name]);
    // Where there is no object, nothing below it exists, and that may be just what the pattern asks for.
    return objects.length === 0 ? matches({}) : objects.some(matches);
  };
}
