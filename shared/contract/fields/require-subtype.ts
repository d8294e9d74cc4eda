import * as z from "zod";
import { isObject } from "../is-object.ts";
import type { Refuse } from "../rule.ts";

const SUBTYPE = "connect:Subtype";

const segments = z.record(z.string(), z.unknown());

/** Refuses segment attributes, beside the rule's place, that do not name one of these contact subtypes. */
export const requireSubtype = (segmentAttributes: unknown, allowed: readonly string[], refuse: Refuse): void => {
  const wanted = allowed.join(" or ");
  const attributes = segments.safeParse(segmentAttributes).data ?? {};
  if (!Object.hasOwn(attributes, SUBTYPE)) {
    refuse(["SegmentAttributes"], "required", `must hold the key ${SUBTYPE} with the ValueString ${wanted}`);
    return;
  }
  const value = attributes[SUBTYPE];
  // The schema has refused what is no object already, and a ValueString that is no text.
  if (!isObject(value)) return;
  const place = ["SegmentAttributes", SUBTYPE, "ValueString"];
  if (value["ValueString"] === undefined) refuse(place, "required", `is required and must be ${wanted}`);
  else if (typeof value["ValueString"] === "string" && !allowed.includes(value["ValueString"])) {
    refuse(place, "not-allowed", `must be ${wanted}`);
  }
};
