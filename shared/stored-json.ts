import type * as z from "zod";
import { failed, type Result, succeeded } from "./result.ts";

/** Reads a text of JSON by its schema; or where it differs from that, as in `columns, job`. */
export function storedJson<Value>(schema: z.ZodType<Value>, text: string): Result<Value, string> {
  const parsed = schema.safeParse(jsonOrNothing(text));
  if (parsed.success) return succeeded(parsed.data);
  return failed(parsed.error.issues.map(({ path }) => path.join(".") || "all of it").join(", "));
}

function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
