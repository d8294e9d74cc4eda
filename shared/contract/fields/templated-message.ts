import * as z from "zod";
import { mapOf } from "./map-of.ts";
import { text } from "./text.ts";
import { wellFormed } from "./well-formed.ts";

/**
 * A message template and what is filled into it. Its custom attributes are the template's, not the contact's: the rules about
 * keys and total size of contact attributes do not hold for them.
 */
export const templatedMessage = z.strictObject({
  KnowledgeBaseId: text({ min: 1, max: 500 }),
  MessageTemplateId: text({ min: 1, max: 500 }),
  TemplateAttributes: z.strictObject({
    CustomAttributes: mapOf(text({ min: 1, max: 32_767 }), text({ max: 32_767 })).optional(),
    CustomerProfileAttributes: z.string().check(wellFormed).optional(),
  }),
});
