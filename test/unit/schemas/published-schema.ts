import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import * as z from "zod";

export type SchemaNode = { readonly [keyword: string]: unknown };

const schema = z.looseObject({ $defs: z.record(z.string(), z.looseObject({})) });

/** The JSON Schema as it stands in the repository, which is what other languages read. */
export const publishedSchema = schema.parse(
  JSON.parse(readFileSync(new URL("../../../schemas/contact-request.schema.json", import.meta.url), "utf8")),
);

const ajv = new Ajv2020({ strict: true });
addFormats.default(ajv);

/** Whether a validator that knows nothing of the contract lets a candidate through. */
export const fulfilsTheSchema: (candidate: unknown) => boolean = ajv.compile(publishedSchema);

/** What a `$ref` within the schema points at; any other node is answered as it is. */
export const resolved = (node: SchemaNode): SchemaNode => {
  const reference = node["$ref"];
  if (typeof reference !== "string") return node;
  const target = publishedSchema.$defs[reference.replace("#/$defs/", "")];
  if (target === undefined) throw new Error(`The schema does not define ${reference}.`);
  return target;
};
