import { readFileSync } from "node:fs";
import * as z from "zod";
import { OPERATION_NAMES } from "./operation-name.ts";

const structure = z.object({
  type: z.literal("structure"),
  required: z.array(z.string()),
  members: z.record(z.string(), z.string()),
});
const list = z.object({
  type: z.literal("list"),
  member: z.string(),
  min: z.number().exactOptional(),
  max: z.number().exactOptional(),
});
const map = z.object({ type: z.literal("map"), key: z.string(), value: z.string() });
const text = z.object({
  type: z.literal("string"),
  min: z.number().exactOptional(),
  max: z.number().exactOptional(),
  enum: z.array(z.string()).exactOptional(),
  // Smithy patterns are unanchored and know Unicode classes, as JavaScript's are and do under the flag `u`.
  pattern: z
    .string()
    .transform((source) => new RegExp(source, "u"))
    .exactOptional(),
});
const integer = z.object({
  type: z.literal("integer"),
  min: z.number().exactOptional(),
  max: z.number().exactOptional(),
});

const operation = z.object({
  method: z.string(),
  path: z.string(),
  input: z.string(),
  errors: z.array(z.string()),
});

const model = z.object({
  operations: z.record(z.enum(OPERATION_NAMES), operation),
  errors: z.record(z.string(), z.object({ httpStatus: z.number() })),
  shapes: z.record(z.string(), z.discriminatedUnion("type", [structure, list, map, text, integer])),
});

export type ApiModel = z.infer<typeof model>;
export type Shape = ApiModel["shapes"][string];
export type StructureShape = z.infer<typeof structure>;
export type ListShape = z.infer<typeof list>;
export type MapShape = z.infer<typeof map>;
export type StringShape = z.infer<typeof text>;
export type IntegerShape = z.infer<typeof integer>;

/** Amazon Connect's API model, reduced to the operations of the emulator: api-model.json, which names its source. */
export const apiModel: ApiModel = model.parse(
  JSON.parse(readFileSync(new URL("./api-model.json", import.meta.url), "utf8")),
);

/** The shape of that name. Every reference in the model resolves, so a name that does not is a bug of the model. */
export function shapeNamed(name: string): Shape {
  const shape = apiModel.shapes[name];
  if (shape === undefined) throw new Error(`api-model.json has no shape ${name}`);
  return shape;
}
