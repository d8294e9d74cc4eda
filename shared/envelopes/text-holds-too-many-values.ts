import { MAX_VALUES } from "../contract/holds-too-many-values.ts";

/** What the wrappings around a request may hold beside it. */
const MAX_VALUES_OF_WRAPPINGS = 1_000;

/** A value in JSON has at most two marks of its own: the comma before it, and the bracket that opens it. */
const MAX_MARKS = 2 * (MAX_VALUES + MAX_VALUES_OF_WRAPPINGS);

const QUOTE = 34;
const COMMA = 44;
const OPENING_BRACKET = 91;
const BACKSLASH = 92;
const OPENING_BRACE = 123;

/**
 * Whether a text of JSON holds more values than any contact request may. Looks without parsing: 32 MiB of empty lists would
 * take a gigabyte as values. As far as the text is JSON it is read as a parser reads it; what comes behind is never parsed.
 */
export function textHoldsTooManyValues(text: string): boolean {
  if (text.length <= MAX_MARKS) return false;
  let marks = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) inString = !inString;
    else if (inString && code === BACKSLASH) at += 1;
    else if (!inString && (code === COMMA || code === OPENING_BRACKET || code === OPENING_BRACE)) marks += 1;
    if (marks > MAX_MARKS) return true;
  }
  return false;
}
