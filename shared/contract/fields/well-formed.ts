import * as z from "zod";

/**
 * Half of a surrogate pair is no character. UTF-8 cannot carry it, so that another one would reach Connect, and nothing
 * that holds it has a canonical form to make a content hash of.
 */
export const wellFormed = z.check<string>((payload) => {
  if (payload.value.isWellFormed()) return;
  payload.issues.push({
    code: "invalid_format",
    format: "well_formed_unicode",
    message:
      "must be well-formed Unicode: it holds half of a surrogate pair, as a text does that was cut within an emoji",
    input: payload.value,
  });
});
