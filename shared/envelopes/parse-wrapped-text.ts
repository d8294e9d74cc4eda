import { MAX_VALUES } from "../contract/holds-too-many-values.ts";
import { failed, type Result } from "../result.ts";
import { parseJsonText } from "./json-text.ts";
import { invalidEnvelope, type Refusal } from "./refusal.ts";
import { textHoldsTooManyValues } from "./text-holds-too-many-values.ts";
import type { WrappedText } from "./wrapped-text.ts";

/** Parses a text, in memory that follows from its length: never many times of it. */
export function parseWrappedText({ text, place }: WrappedText): Result<unknown, Refusal> {
  if (textHoldsTooManyValues(text)) {
    const rule = `${place} holds more than the ${MAX_VALUES} JSON values that a contact request may hold.`;
    return failed(invalidEnvelope("TooManyValues", `${rule} Send one request a message.`));
  }
  const parsed = parseJsonText(text);
  if (parsed.ok) return parsed;
  return failed(
    invalidEnvelope("NotJson", `${place} is not JSON. Send a contact request as one JSON object in UTF-8.`),
  );
}
