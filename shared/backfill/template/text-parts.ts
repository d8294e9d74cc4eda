import { failed, type Result, succeeded } from "../../result.ts";

/** A piece of a text in a template: what stands there as it is, or the column whose value is put there. */
export type TextPart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "column"; readonly name: string };

/** `{{{{`, which stands for two braces, or a placeholder. A column's name may hold no brace. */
const MARKS = /\{\{\{\{|\{\{([^{}]*)\}\}/g;

/**
 * The pieces of a text of a template: `Dear {{first name}}` has two. Spaces around a name do not count. It fails where two
 * opening braces are no placeholder, or one without a name.
 */
export function textParts(text: string): Result<readonly TextPart[], "unclosed" | "unnamed"> {
  const parts: TextPart[] = [];
  let literal = "";
  let end = 0;
  for (const mark of text.matchAll(MARKS)) {
    const between = text.slice(end, mark.index);
    if (between.includes("{{")) return failed("unclosed");
    literal += between;
    end = mark.index + mark[0].length;
    if (mark[1] === undefined) {
      literal += "{{";
      continue;
    }
    const name = mark[1].trim();
    if (name === "") return failed("unnamed");
    if (literal !== "") parts.push({ kind: "text", text: literal });
    parts.push({ kind: "column", name });
    literal = "";
  }
  const rest = text.slice(end);
  if (rest.includes("{{")) return failed("unclosed");
  literal += rest;
  if (literal !== "" || parts.length === 0) parts.push({ kind: "text", text: literal });
  return succeeded(parts);
}
