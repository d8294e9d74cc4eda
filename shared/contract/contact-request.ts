import * as z from "zod";
import { failed, type Result, succeeded } from "../result.ts";
import { createContactInput } from "./create-contact.ts";
import { moment } from "./fields/moment.ts";
import { printableAscii } from "./fields/printable-ascii.ts";
import { requestSource } from "./fields/request-source.ts";
import { sendingHours } from "./fields/sending-hours.ts";
import { holdsTooManyValues, MAX_VALUES } from "./holds-too-many-values.ts";
import type { Issue } from "./issue.ts";
import { issuesOf } from "./issues-of.ts";
import { OPERATIONS, type Operation } from "./operation.ts";
import { outboundEmailInput } from "./outbound-email.ts";
import { Place } from "./place.ts";
import { rule } from "./rule.ts";
import { startEmailContactInput } from "./start-email-contact.ts";
import { startOutboundChatContactInput } from "./start-outbound-chat-contact.ts";
import { startOutboundEmailContactInput } from "./start-outbound-email-contact.ts";

const someTimeIsLeft = rule(z.object({ notBefore: moment, expiresAt: moment }), (request, refuse) => {
  if (Date.parse(request.notBefore) < Date.parse(request.expiresAt)) return;
  refuse(["notBefore"], "conflict", "must be before expiresAt: no moment is left in which the call could be made");
});

const requestFor = <Name extends z.ZodType<string>, Input extends z.ZodType>(operation: Name, input: Input) =>
  z
    .strictObject({
      /** The upstream's idempotency key, unique per operation over all upstreams. It is logged: no personal data. */
      requestId: printableAscii(128),
      operation,
      /** The request of the Connect API, with the API's own member names; of an outbound e-mail, those of its two calls. */
      input,
      /** The call is not made after this moment. */
      expiresAt: moment.optional(),
      /** The call is not made before this moment. */
      notBefore: moment.optional(),
      /** The call is not made outside of these hours. */
      sendingHours: sendingHours.optional(),
      /** Who asks: in logs and in every outcome. */
      source: requestSource.optional(),
    })
    .check(someTimeIsLeft);

const REQUESTS = {
  StartEmailContact: requestFor(z.literal("StartEmailContact"), startEmailContactInput),
  StartOutboundEmailContact: requestFor(z.literal("StartOutboundEmailContact"), startOutboundEmailContactInput),
  CreateContact: requestFor(z.literal("CreateContact"), createContactInput),
  StartOutboundChatContact: requestFor(z.literal("StartOutboundChatContact"), startOutboundChatContactInput),
  OutboundEmail: requestFor(z.literal("OutboundEmail"), outboundEmailInput),
} as const satisfies Record<Operation, z.ZodType>;

/** What is asked of a request whose operation nobody knows. */
const requestForUnknown = requestFor(z.enum(OPERATIONS), z.looseObject({}));

/** The contract: what a contact request is. */
export const contactRequestSchema = z.discriminatedUnion("operation", [
  REQUESTS.StartEmailContact,
  REQUESTS.StartOutboundEmailContact,
  REQUESTS.CreateContact,
  REQUESTS.StartOutboundChatContact,
  REQUESTS.OutboundEmail,
]);

export type ContactRequest = z.infer<typeof contactRequestSchema>;

export type StartEmailContactRequest = z.infer<typeof REQUESTS.StartEmailContact>;
export type StartOutboundEmailContactRequest = z.infer<typeof REQUESTS.StartOutboundEmailContact>;
export type CreateContactRequest = z.infer<typeof REQUESTS.CreateContact>;
export type StartOutboundChatContactRequest = z.infer<typeof REQUESTS.StartOutboundChatContact>;
export type OutboundEmailRequest = z.infer<typeof REQUESTS.OutboundEmail>;

const namesItsOperation = z.object({ operation: z.enum(OPERATIONS) });

const schemaFor = (candidate: unknown): z.ZodType => {
  const named = namesItsOperation.safeParse(candidate).data;
  return named === undefined ? requestForUnknown : REQUESTS[named.operation];
};

/**
 * A contact request from whatever a message held, or all that is wrong with it, in the order of the document. Never throws.
 */
export const parseContactRequest = (candidate: unknown): Result<ContactRequest, readonly Issue[]> => {
  if (holdsTooManyValues(candidate)) {
    return failed([{ path: [], code: "too-large", message: `must hold at most ${MAX_VALUES} values in all` }]);
  }
  const parsed = contactRequestSchema.safeParse(candidate);
  const schema = schemaFor(candidate);
  // About a request whose operation it does not know, the union says nothing but that.
  const refused = schema === requestForUnknown ? requestForUnknown.safeParse(candidate) : parsed;
  const issues = issuesOf(Place.root(schema, candidate), refused.error?.issues ?? []);
  return parsed.success && issues.length === 0 ? succeeded(parsed.data) : failed(issues);
};
