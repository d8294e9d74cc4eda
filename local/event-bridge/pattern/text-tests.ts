import { isJsonObject } from "../../connect-emulator/json-object.ts";
import { invalidPattern } from "./invalid-pattern.ts";
import type { CompileOperand, LeafTest } from "./leaf.ts";
import { wildcardTest } from "./wildcard-test.ts";

/** `{"prefix": "a"}`, and `{"prefix": {"equals-ignore-case": "a"}}`. */
const prefix = endTest("prefix", (text, end) => text.startsWith(end));

/** `{"suffix": "a"}`, and `{"suffix": {"equals-ignore-case": "a"}}`. */
const suffix = endTest("suffix", (text, end) => text.endsWith(end));

const equalsIgnoreCase: CompileOperand = (operand, path) => {
  if (typeof operand !== "string") throw invalidPattern(path, "equals-ignore-case match pattern must be a string");
  const lower = operand.toLowerCase();
  return (leaf) => typeof leaf === "string" && leaf.toLowerCase() === lower;
};

/** The operators on text, which `anything-but` takes too. */
export const TEXT_TESTS: ReadonlyMap<string, CompileOperand> = new Map([
  ["prefix", prefix],
  ["suffix", suffix],
  ["equals-ignore-case", equalsIgnoreCase],
  ["wildcard", wildcardTest],
]);

function endTest(name: string, matches: (text: string, end: string) => boolean): CompileOperand {
  return (operand, path): LeafTest => {
    if (typeof operand === "string") return (leaf) => typeof leaf === "string" && matches(leaf, operand);
    const ignoringCase = isJsonObject(operand) ? Object.entries(operand) : [];
    const [[operator, end] = []] = ignoringCase;
    if (ignoringCase.length !== 1 || operator !== "equals-ignore-case" || typeof end !== "string") {
      throw invalidPattern(path, `${name} match pattern must be a string or {"equals-ignore-case": string}`);
    }
    const lower = end.toLowerCase();
    return (leaf) => typeof leaf === "string" && matches(leaf.toLowerCase(), lower);
  };
}
