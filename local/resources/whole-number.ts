import * as z from "zod";

/** CloudFormation takes a number as text as well. */
const asNumber = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+$/)
    .transform(Number),
]);

/** A property that holds a whole number, both ends included. */
export const wholeNumber = (minimum: number, maximum: number) => asNumber.pipe(z.int().min(minimum).max(maximum));
