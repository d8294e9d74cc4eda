import * as z from "zod";

/** The schema itself, without the wrapping that makes a member optional. */
export const bareSchema = (schema: z.core.$ZodType | undefined): z.core.$ZodType | undefined =>
  schema instanceof z.ZodOptional ? bareSchema(schema.unwrap()) : schema;
