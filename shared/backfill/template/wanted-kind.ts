import * as z from "zod";
import { contactRequestSchema } from "../../contract/contact-request.ts";
import type { Operation } from "../../contract/operation.ts";
import { Place } from "../../contract/place.ts";

/** What the contract asks for at a place that holds one value. */
export type WantedKind = "text" | "number" | "boolean";

/** The root of a request of this operation, as the contract sees it. */
export function requestPlace(operation: Operation, template: unknown): Place {
  const schema = contactRequestSchema.options.find(({ shape }) => shape.operation.value === operation);
  return Place.root(schema ?? contactRequestSchema, template);
}

/** Asked of the contract's schema, not tried out on a value: what a cell becomes then depends on its place alone, never on the cell. */
export function wantedKind({ schema }: Place): WantedKind {
  if (schema instanceof z.ZodNumber) return "number";
  return schema instanceof z.ZodBoolean ? "boolean" : "text";
}
