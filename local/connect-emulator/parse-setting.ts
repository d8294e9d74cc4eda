import type * as z from "zod";

export type ParsedSetting<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly message: string };

/** `value` as the schema has it, or one sentence that names each wrong place, followed by `hint`: what would be right. */
export function parseSetting<Value>(schema: z.ZodType<Value>, value: unknown, hint: string): ParsedSetting<Value> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { ok: true, value: parsed.data };
  const issues = parsed.error.issues.map(({ path, message }) =>
    path.length > 0 ? `${path.join(".")}: ${message}` : message,
  );
  return { ok: false, message: `${issues.join("; ")}. ${hint}` };
}
