import { invalidPattern } from "./invalid-pattern.ts";
import type { CompileOperand } from "./leaf.ts";

/** `{"wildcard": "a*b"}`: `*` stands for any characters, none too; `\*` and `\\` stand for themselves. */
export const wildcardTest: CompileOperand = (operand, path) => {
  if (typeof operand !== "string") throw invalidPattern(path, "wildcard match pattern must be a string");
  const [first = "", ...others] = literalsBetweenStars(operand, path);
  const last = others.pop();
  return (leaf) => {
    if (typeof leaf !== "string") return false;
    return last === undefined ? leaf === first : matchesInOrder(leaf, { first, middle: others, last });
  };
};

interface Literals {
  readonly first: string;
  readonly middle: readonly string[];
  readonly last: string;
}

/** Each literal at its earliest place leaves the most room for the rest: no backtracking, so no slow pattern. */
function matchesInOrder(text: string, { first, middle, last }: Literals): boolean {
  if (!text.startsWith(first)) return false;
  let position = first.length;
  for (const literal of middle) {
    const found = text.indexOf(literal, position);
    if (found < 0) return false;
    position = found + literal.length;
  }
  return text.length - last.length >= position && text.endsWith(last);
}

function literalsBetweenStars(operand: string, path: readonly string[]): string[] {
  const literals = [""];
  const append = (text: string) => literals.push(`${literals.pop() ?? ""}${text}`);
  for (const [token] of operand.matchAll(/\\.?|\*+|[^\\*]+/gsu)) {
    if (token === "*") literals.push("");
    else if (token.startsWith("*")) throw invalidPattern(path, "Consecutive wildcard characters are not allowed");
    else if (token === "\\*" || token === "\\\\") append(token.slice(1));
    else if (token.startsWith("\\"))
      throw invalidPattern(path, "Invalid escape character: only \\* and \\\\ are known");
    else append(token);
  }
  return literals;
}
