import * as z from "zod";
import { bareSchema } from "./bare-schema.ts";
import { contactRequestSchema } from "./contact-request.ts";

/** Every name that the contract itself gives, in lower case: members such as `DestinationEndpoint`, values of enums. */
export function knownNames(): ReadonlySet<string> {
  const names = new Set<string>();
  const seen = new Set<z.core.$ZodType>();
  collect(contactRequestSchema);
  return names;

  function collect(wrapped: z.core.$ZodType): void {
    const schema = bareSchema(wrapped);
    if (schema === undefined || seen.has(schema)) return;
    seen.add(schema);
    for (const name of namesOf(schema)) names.add(name.toLowerCase());
    for (const part of partsOf(schema)) collect(part);
  }
}

function namesOf(schema: z.core.$ZodType): readonly string[] {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  return schema instanceof z.ZodEnum ? schema.options.map(String) : [];
}

function partsOf(schema: z.core.$ZodType): readonly z.core.$ZodType[] {
  if (schema instanceof z.ZodUnion) return schema.options;
  if (schema instanceof z.ZodObject) return Object.values(schema.shape);
  if (schema instanceof z.ZodRecord) return [schema.keyType, schema.valueType];
  if (schema instanceof z.ZodArray) return [schema.element];
  return schema instanceof z.ZodLazy ? [schema.unwrap()] : [];
}
