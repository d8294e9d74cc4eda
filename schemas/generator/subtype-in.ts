import { holding } from "./conditions.ts";
import type { JsonSchema } from "./json-schema.ts";

/** Segment attributes that name one of these contact subtypes. */
export const subtypeIn = (subtypes: readonly string[]): JsonSchema =>
  holding({ "connect:Subtype": holding({ ValueString: { enum: [...subtypes] } }) });
