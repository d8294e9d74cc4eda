import * as z from "zod";
import type { JsonSchema } from "./json-schema.ts";

interface Publication {
  /** The name under `$defs`; what has none is written where it stands. */
  readonly id?: string;
  readonly title?: string;
  readonly description?: string;
  /** Keywords for what the contract checks by code, where zod cannot see what is asked. */
  readonly also?: JsonSchema;
}

/**
 * What the published schema says about a part of the contract beyond what zod knows of it. It stands apart from the contract, so
 * that neither the words nor the keywords travel into the workers' bundles.
 */
export const published = z.registry<Publication>();
