import * as z from "zod";

/** `integer` of an AWS API model is a signed number of 32 bits (Smithy specification, simple types). */
const INT32 = { min: -(2 ** 31), max: 2 ** 31 - 1 };

/**
 * A whole number from `min` to `max`, both included. Not zod's own `int()`: a number with a fraction would abort it, and the
 * rules over several members would then not be judged.
 */
export const wholeNumber = ({ min, max } = INT32): z.ZodNumber =>
  z
    .number()
    .check((payload) => {
      const input = payload.value;
      if (Number.isInteger(input)) return;
      payload.issues.push({ code: "not_multiple_of", origin: "number", divisor: 1, input, continue: true });
    })
    .min(min)
    .max(max)
    .meta({ type: "integer" });
