import { isJsonObject, type JsonObject } from "../connect-emulator/json-object.ts";
import type { PutEntry } from "./put-entry.ts";

/** An entry that may be put, or the error that its place in the answer holds. */
export type CheckedEntry =
  | { readonly ok: true; readonly source: string; readonly detailType: string; readonly detail: JsonObject }
  | { readonly ok: false; readonly ErrorCode: string; readonly ErrorMessage: string };

/** What PutEvents refuses of one entry without refusing the others. */
export function checkEntry({ Source: source, DetailType: detailType, Detail }: PutEntry): CheckedEntry {
  if (!source) return invalid("Source", "Source is a required argument.");
  if (source.length > 256) return invalid("Source", "Source has more than 256 characters.");
  if (source.startsWith("aws.")) {
    return { ok: false, ErrorCode: "NotAuthorizedForSourceException", ErrorMessage: "Not authorized for the source." };
  }
  if (!detailType) return invalid("DetailType", "DetailType is a required argument.");
  if (detailType.length > 128) return invalid("DetailType", "DetailType has more than 128 characters.");
  if (!Detail) return invalid("Detail", "Detail is a required argument.");
  const detail = jsonObjectIn(Detail);
  if (detail === undefined) return { ok: false, ErrorCode: "MalformedDetail", ErrorMessage: "Detail is malformed." };
  return { ok: true, source, detailType, detail };
}

const invalid = (parameter: string, reason: string): CheckedEntry => ({
  ok: false,
  ErrorCode: "InvalidArgument",
  ErrorMessage: `Parameter ${parameter} is not valid. Reason: ${reason}`,
});

function jsonObjectIn(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
