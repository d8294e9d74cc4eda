import { textHoldsTooManyValues } from "../../envelopes/text-holds-too-many-values.ts";
import { failed, succeeded } from "../../result.ts";
import { rowReason } from "../row-reason.ts";
import type { ReadRow } from "./read-row.ts";

const NOT_JSON = rowReason("not-json", "must be JSON, whole on one line");
const TOO_LARGE = rowReason("too-large", "must not hold more values than any contact request may");

/** The JSON of one line. */
export function jsonValue(text: string): ReadRow<unknown> {
  if (textHoldsTooManyValues(text)) return failed(TOO_LARGE);
  try {
    const value: unknown = JSON.parse(text);
    return succeeded(value);
  } catch {
    return failed(NOT_JSON);
  }
}
