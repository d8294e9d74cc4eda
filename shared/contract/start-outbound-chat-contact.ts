import * as z from "zod";
import { countCharacters } from "./count-characters.ts";
import { attributes } from "./fields/attributes.ts";
import { clientToken } from "./fields/client-token.ts";
import { contactFlowId } from "./fields/contact-flow-id.ts";
import { contactId } from "./fields/contact-id.ts";
import { initialMessage } from "./fields/initial-message.ts";
import { instanceId } from "./fields/instance-id.ts";
import { requireSubtype } from "./fields/require-subtype.ts";
import { segmentAttributes } from "./fields/segment-attributes.ts";
import { templatedMessage } from "./fields/templated-message.ts";
import { text } from "./fields/text.ts";
import { wholeNumber } from "./fields/whole-number.ts";
import { rule } from "./rule.ts";

/** Who sends: a phone number that the instance has claimed. */
const sourceEndpoint = z.strictObject({
  Type: z.enum(["CONNECT_PHONENUMBER_ARN"]),
  Address: text({ max: 256 }).regex(/^arn:aws[a-z-]*:connect:[a-z0-9-]+:[0-9]{12}:phone-number\/[A-Za-z0-9-]+$/u, {
    error: "must be the ARN of a phone number: arn:aws:connect:REGION:ACCOUNT:phone-number/ID",
  }),
});

/** Who receives. */
const destinationEndpoint = z.strictObject({
  Type: z.enum(["TELEPHONE_NUMBER"]),
  Address: text({ max: 256 }).regex(/^\+[1-9][0-9]{1,14}$/u, {
    error: "must be a telephone number in E.164: + and 2 to 15 digits, as in +4915112345678",
  }),
});

const contentTypes = z
  .array(
    z.enum([
      "text/plain",
      "text/markdown",
      "application/json",
      "application/vnd.amazonaws.connect.message.interactive",
      "application/vnd.amazonaws.connect.message.interactive.response",
    ]),
  )
  .check(
    rule(z.array(z.unknown()), (types, refuse) => {
      if (!types.includes("text/plain")) refuse([], "required", "must hold text/plain");
    }),
  );

/** How many characters one message may have, by subtype: https://docs.aws.amazon.com/connect/latest/APIReference/API_ChatMessage.html */
const MAX_CHARACTERS = { "connect:SMS": 1024, "connect:WhatsApp": 4096 } as const;

const SUBTYPES = Object.keys(MAX_CHARACTERS);

const subtypeIsSaid = rule(
  z.object({ SegmentAttributes: z.record(z.string(), z.unknown()) }),
  ({ SegmentAttributes }, refuse) => requireSubtype(SegmentAttributes, SUBTYPES, refuse),
);

const messageFitsTheSubtype = rule(
  z.object({
    SegmentAttributes: z.object({
      "connect:Subtype": z.object({ ValueString: z.enum(["connect:SMS", "connect:WhatsApp"]) }),
    }),
    InitialSystemMessage: z.object({ Content: z.string() }),
  }),
  ({ SegmentAttributes, InitialSystemMessage }, refuse) => {
    const subtype = SegmentAttributes["connect:Subtype"].ValueString;
    const max = MAX_CHARACTERS[subtype];
    if (countCharacters(InitialSystemMessage.Content) <= max) return;
    refuse(["InitialSystemMessage", "Content"], "too-long", `must be at most ${max} characters long with ${subtype}`);
  },
);

const oneInitialMessage = rule(
  z.object({ InitialSystemMessage: z.unknown().optional(), InitialTemplatedSystemMessage: z.unknown().optional() }),
  ({ InitialSystemMessage, InitialTemplatedSystemMessage }, refuse) => {
    if (InitialSystemMessage === undefined || InitialTemplatedSystemMessage === undefined) return;
    refuse(["InitialTemplatedSystemMessage"], "conflict", "must be left out when InitialSystemMessage is there");
  },
);

/**
 * An SMS or WhatsApp message that opens a chat.
 * Source: https://docs.aws.amazon.com/connect/latest/APIReference/API_StartOutboundChatContact.html
 */
export const startOutboundChatContactInput = z
  .strictObject({
    InstanceId: instanceId.optional(),
    SourceEndpoint: sourceEndpoint,
    DestinationEndpoint: destinationEndpoint,
    SegmentAttributes: segmentAttributes,
    Attributes: attributes.optional(),
    ContactFlowId: contactFlowId,
    ChatDurationInMinutes: wholeNumber({ min: 60, max: 10_080 }).optional(),
    ParticipantDetails: z.strictObject({ DisplayName: text({ min: 1, max: 256 }) }).optional(),
    InitialSystemMessage: initialMessage.optional(),
    InitialTemplatedSystemMessage: templatedMessage.optional(),
    RelatedContactId: contactId.optional(),
    SupportedMessagingContentTypes: contentTypes.optional(),
    ClientToken: clientToken.optional(),
  })
  .check(subtypeIsSaid, messageFitsTheSubtype, oneInitialMessage);
