import * as z from "zod";
import { OPERATIONS } from "../contract/operation.ts";

/** The `detail` of a `Contact Started` event: a contact request has its contact in Amazon Connect. */
export const contactStarted = z.strictObject({
  requestId: z.string(),
  /** Null where the request names none. */
  source: z.string().nullable(),
  operation: z.enum(OPERATIONS),
  instanceId: z.string(),
  /** The contact; of an OutboundEmail, the e-mail's. */
  contactId: z.string(),
  /** Of an OutboundEmail: the contact that each of its calls has answered with. */
  contactIds: z.strictObject({ CreateContact: z.string(), StartOutboundEmailContact: z.string() }).optional(),
  /** Calls that counted, in the round in which the contact was started. */
  attempts: z.int().nonnegative(),
  /** Whether the contact was there before this message came: no call was made for it. */
  repeated: z.boolean(),
  at: z.iso.datetime(),
});

export type ContactStarted = z.infer<typeof contactStarted>;
