import { readFileSync } from "node:fs";
import * as z from "zod";

const limits = { min: z.number().optional(), max: z.number().optional() };

const shape = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("string"),
    ...limits,
    pattern: z.string().optional(),
    enum: z.array(z.string()).optional(),
  }),
  z.object({ type: z.literal("integer"), ...limits }),
  z.object({ type: z.literal("list"), ...limits, member: z.string() }),
  z.object({ type: z.literal("map"), key: z.string(), value: z.string() }),
  z.object({ type: z.literal("structure"), required: z.array(z.string()), members: z.record(z.string(), z.string()) }),
]);

export type Shape = z.infer<typeof shape>;

const file = new URL("../../../../local/connect-emulator/api-model.json", import.meta.url);

/** Amazon Connect's own model of its operations, as the emulator keeps it. */
export const apiModel = z
  .object({
    operations: z.record(z.string(), z.object({ input: z.string() })),
    shapes: z.record(z.string(), shape),
  })
  .parse(JSON.parse(readFileSync(file, "utf8")));

export const shapeOf = (name: string): Shape => {
  const found = apiModel.shapes[name];
  if (found === undefined) throw new Error(`The model has no shape ${name}.`);
  return found;
};
