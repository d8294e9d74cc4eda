import * as z from "zod";
import { EMAIL_CONTACT_RULES } from "./email-contact-rules.ts";
import { attributes } from "./fields/attributes.ts";
import { clientToken } from "./fields/client-token.ts";
import { contactId } from "./fields/contact-id.ts";
import { description } from "./fields/description.ts";
import { instanceId } from "./fields/instance-id.ts";
import { name } from "./fields/name.ts";
import { references } from "./fields/references.ts";
import { requireSubtype } from "./fields/require-subtype.ts";
import { segmentAttributes } from "./fields/segment-attributes.ts";
import { text } from "./fields/text.ts";
import { wholeNumber } from "./fields/whole-number.ts";
import { hints } from "./hints.ts";
import { isObject } from "./is-object.ts";
import { rule } from "./rule.ts";

/** The model lists CHAT as well; the API does not support it. */
const channel = z.enum(["VOICE", "TASK", "EMAIL"]);

/** The methods that some channel takes, of the twelve in the model. */
const initiationMethod = z.enum(["TRANSFER", "OUTBOUND", "AGENT_REPLY", "FLOW", "API"]);

const METHODS: Readonly<Record<z.infer<typeof channel>, readonly z.infer<typeof initiationMethod>[]>> = {
  VOICE: ["TRANSFER"],
  EMAIL: ["OUTBOUND", "AGENT_REPLY", "FLOW"],
  TASK: ["API"],
};

initiationMethod.register(hints, {
  hint: channel.options.map((each) => `${METHODS[each].join(" or ")} with the channel ${each}`).join(", "),
});

const referenceType = z.enum([
  "URL",
  "ATTACHMENT",
  "CONTACT_ANALYSIS",
  "NUMBER",
  "STRING",
  "DATE",
  "EMAIL",
  "EMAIL_MESSAGE",
  "EMAIL_MESSAGE_PLAIN_TEXT",
  "EMAIL_MESSAGE_PLAIN_TEXT_REDACTED",
  "EMAIL_MESSAGE_REDACTED",
]);

const TASK_REFERENCE_TYPES: readonly string[] = ["URL", "NUMBER", "STRING", "DATE", "EMAIL", "ATTACHMENT"];

const methodGoesWithChannel = rule(
  z.object({ Channel: channel, InitiationMethod: initiationMethod }),
  ({ Channel, InitiationMethod }, refuse) => {
    if (METHODS[Channel].includes(InitiationMethod)) return;
    refuse(["InitiationMethod"], "conflict", `must be ${METHODS[Channel].join(" or ")} with the channel ${Channel}`);
  },
);

const externalAudioSaysSo = rule(
  z.object({ Channel: z.literal("VOICE"), SegmentAttributes: z.record(z.string(), z.unknown()).optional() }),
  ({ SegmentAttributes }, refuse) => requireSubtype(SegmentAttributes, ["connect:ExternalAudio"], refuse),
);

const taskReferencesAreOfItsTypes = rule(
  z.object({ Channel: z.literal("TASK"), References: z.record(z.string(), z.unknown()) }),
  ({ References }, refuse) => {
    for (const [key, reference] of Object.entries(References)) {
      const type = isObject(reference) ? referenceType.options.find((known) => known === reference["Type"]) : undefined;
      if (type === undefined || TASK_REFERENCE_TYPES.includes(type)) continue;
      refuse(
        ["References", key, "Type"],
        "conflict",
        `must be one of ${TASK_REFERENCE_TYPES.join(", ")} with the channel TASK`,
      );
    }
  },
);

/**
 * A contact that is made at once, without a customer at the other end: a task, the draft of an e-mail, external audio.
 * Source: https://docs.aws.amazon.com/connect/latest/APIReference/API_CreateContact.html
 */
export const createContactInput = z
  .strictObject({
    InstanceId: instanceId.optional(),
    ClientToken: clientToken.optional(),
    RelatedContactId: contactId.optional(),
    Attributes: attributes.optional(),
    References: references(referenceType).optional(),
    Channel: channel,
    InitiationMethod: initiationMethod,
    ExpiryDurationInMinutes: wholeNumber().optional(),
    UserInfo: z.strictObject({ UserId: text({ min: 1, max: 256 }).optional() }).optional(),
    InitiateAs: z.enum(["CONNECTED_TO_USER", "COMPLETED"]).optional(),
    Name: name.optional(),
    Description: description.optional(),
    SegmentAttributes: segmentAttributes.optional(),
    PreviousContactId: contactId.optional(),
  })
  .check(methodGoesWithChannel, externalAudioSaysSo, ...EMAIL_CONTACT_RULES, taskReferencesAreOfItsTypes);
