import * as z from "zod";
import type { JsonSchema } from "./json-schema.ts";

/** The keyword about a map's keys: the contract judges them by code. `__proto__` is refused in every map. */
export const keysOfMap = (key: z.ZodType<string>): JsonSchema => {
  const { $schema: _dialect, ...keywords } = z.toJSONSchema(key, { io: "input" });
  return { propertyNames: { ...keywords, not: { const: "__proto__" } } };
};
