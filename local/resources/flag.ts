import * as z from "zod";

/** A property that is true or false. CloudFormation takes either as text as well. */
export const flag = z.union([z.boolean(), z.enum(["true", "false"]).transform((value) => value === "true")]);
