import * as z from "zod";
import type { Refuse } from "../rule.ts";

const SUBTYPE = "connect:Subtype";

const subtypes = z.object({ [SUBTYPE]: z.object({ ValueString: z.string() }) });

/** Refuses segment attributes, beside the rule's place, that do not name one of these contact subtypes. */
export const requireSubtype = (segmentAttributes: unknown, allowed: readonly string[], refuse: Refuse): void => {
  const read = subtypes.safeParse(segmentAttributes);
  if (!read.success) {
    const wanted = allowed.join(" or ");
    refuse(["SegmentAttributes"], "required", `must hold the key ${SUBTYPE} with the ValueString ${wanted}`);
    return;
  }
  if (allowed.includes(read.data[SUBTYPE].ValueString)) return;
  refuse(["SegmentAttributes", SUBTYPE, "ValueString"], "not-allowed", `must be ${allowed.join(" or ")}`);
};
