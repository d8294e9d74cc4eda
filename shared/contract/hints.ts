import * as z from "zod";

interface Hint {
  readonly hint: string;
}

/**
 * What helps where a schema's rule alone does not say enough: words that stand in brackets behind the sentence about what is
 * missing, not allowed or of another type. They name rules and never values.
 */
export const hints = z.registry<Hint>();
