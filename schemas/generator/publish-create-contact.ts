import { createContactInput } from "#shared/contract/create-contact.ts";
import { outboundEmailInput } from "#shared/contract/outbound-email.ts";
import { having, holding, saying, when } from "./conditions.ts";
import type { JsonSchema } from "./json-schema.ts";
import { published } from "./published.ts";
import { subtypeIn } from "./subtype-in.ts";

const METHODS = { VOICE: ["TRANSFER"], EMAIL: ["OUTBOUND", "AGENT_REPLY", "FLOW"], TASK: ["API"] } as const;

const TASK_REFERENCE_TYPES = ["URL", "NUMBER", "STRING", "DATE", "EMAIL", "ATTACHMENT"];

const methodGoesWithChannel: readonly JsonSchema[] = Object.entries(METHODS).map(([channel, methods]) =>
  when(saying({ Channel: channel }), having({ InitiationMethod: { enum: [...methods] } })),
);

const externalAudioSaysSo = when(
  saying({ Channel: "VOICE" }),
  holding({ SegmentAttributes: subtypeIn(["connect:ExternalAudio"]) }),
);

const taskReferencesAreOfItsTypes = when(
  saying({ Channel: "TASK" }),
  having({ References: { type: "object", additionalProperties: having({ Type: { enum: TASK_REFERENCE_TYPES } }) } }),
);

const emailContactRules: readonly JsonSchema[] = [
  when(
    saying({ Channel: "EMAIL", InitiationMethod: ["OUTBOUND", "AGENT_REPLY"] }),
    holding({ UserInfo: holding({ UserId: true }) }),
  ),
  when(saying({ InitiationMethod: "AGENT_REPLY" }), holding({ RelatedContactId: true })),
  when(saying({ Channel: ["VOICE", "EMAIL"] }), having({ InitiateAs: { not: { const: "COMPLETED" } } })),
  when(saying({ Channel: ["TASK", "EMAIL"] }), having({ PreviousContactId: false })),
];

/** Names CreateContact's input, alone and as the draft of an outbound e-mail, and writes its rules over several members. */
export const publishCreateContact = (): void => {
  published.add(createContactInput, {
    id: "CreateContactInput",
    description:
      "A contact that is made at once, without a customer at the other end: a task, the draft of an e-mail, external audio. https://docs.aws.amazon.com/connect/latest/APIReference/API_CreateContact.html",
    also: {
      allOf: [...methodGoesWithChannel, externalAudioSaysSo, ...emailContactRules, taskReferencesAreOfItsTypes],
    },
  });
  published.add(outboundEmailInput.shape.CreateContact, {
    id: "OutboundEmailDraft",
    description:
      "The draft: the request of CreateContact with the channel EMAIL. The instance stands beside it. https://docs.aws.amazon.com/connect/latest/APIReference/API_CreateContact.html",
    also: { allOf: emailContactRules },
  });
};
