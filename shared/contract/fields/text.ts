import * as z from "zod";
import { countCharacters } from "../count-characters.ts";
import { wellFormed } from "./well-formed.ts";

const isTooLong = (text: string, max: number): boolean =>
  // A code point takes one or two UTF-16 units: most texts are decided without counting.
  text.length > max && (text.length > 2 * max || countCharacters(text) > max);

const isTooShort = (text: string, min: number): boolean =>
  text.length < min || (text.length < 2 * min && countCharacters(text) < min);

/** Well-formed text of `min` to `max` characters (Unicode code points, as AWS counts them). */
export const text = ({ min = 0, max }: { readonly min?: number; readonly max: number }): z.ZodString =>
  z
    .string()
    .check(wellFormed, (payload) => {
      const input = payload.value;
      if (isTooShort(input, min)) {
        // Not `continue: true`: what is too short is not judged by its pattern as well.
        payload.issues.push({ code: "too_small", origin: "string", minimum: min, inclusive: true, input });
      }
      if (isTooLong(input, max)) {
        // Nor is what is far too long: some patterns take a time that grows with the square of the length.
        const isJudgedFurther = input.length <= 2 * max;
        payload.issues.push({
          code: "too_big",
          origin: "string",
          maximum: max,
          inclusive: true,
          input,
          ...(isJudgedFurther && { continue: true }),
        });
      }
    })
    // JSON Schema counts code points too.
    .meta(min === 0 ? { maxLength: max } : { minLength: min, maxLength: max });
