import type { ContactRequest } from "#shared/contract/contact-request.ts";
import type { Operation } from "#shared/contract/operation.ts";
import {
  aChatRequest,
  anEmailContactRequest,
  anOutboundEmailContactRequest,
  anOutboundEmailRequest,
  aTaskRequest,
} from "#test/support/a-contact-request.ts";

const everySegmentValue = {
  ValueString: "",
  ValueMap: { k: { ValueString: "" } },
  ValueInteger: 1,
  ValueList: [{ ValueString: "" }],
  ValueArn: "",
};

const subtype = (name: string) => ({ "connect:Subtype": { ValueString: name }, "connect:Any": everySegmentValue });

const template = {
  KnowledgeBaseId: "k",
  MessageTemplateId: "m",
  TemplateAttributes: { CustomAttributes: { k: "" }, CustomerProfileAttributes: "{}" },
};

const aReference = { Value: "v", Type: "STRING", Status: "AVAILABLE", Arn: "arn:aws:s3:::bucket/key" } as const;

const ids = { InstanceId: "i", ClientToken: "t" };
const words = { Name: "", Description: "", Attributes: { k: "" } };
const recipient = { EmailAddress: "a@b.co", DisplayName: "" };

const email = anEmailContactRequest({
  input: {
    ...ids,
    ...words,
    FromEmailAddress: recipient,
    References: { k: { ...aReference, StatusReason: "" } },
    EmailMessage: {
      MessageSourceType: "RAW",
      RawMessage: { Subject: "", Body: "b", ContentType: "text/plain", Headers: { REFERENCES: "r" } },
    },
    AdditionalRecipients: { ToAddresses: [recipient], CcAddresses: [recipient] },
    Attachments: [{ FileName: "f", S3Url: "https://bucket.s3.amazonaws.com/f?X-Amz-Signature=0" }],
    ContactFlowId: "f",
    RelatedContactId: "r",
    SegmentAttributes: subtype("connect:Email"),
  },
});

const outboundEmail = anOutboundEmailContactRequest({
  input: {
    ...ids,
    FromEmailAddress: recipient,
    DestinationEmailAddress: recipient,
    AdditionalRecipients: { CcEmailAddresses: [recipient] },
  },
});

const task = aTaskRequest({
  input: {
    ...ids,
    ...words,
    RelatedContactId: "r",
    References: { k: { ...aReference, StatusReason: "" } },
    ExpiryDurationInMinutes: 5,
    UserInfo: { UserId: "u" },
    InitiateAs: "COMPLETED",
    SegmentAttributes: subtype("connect:Task"),
  },
});

const chat = aChatRequest({
  input: {
    ...ids,
    SegmentAttributes: subtype("connect:WhatsApp"),
    Attributes: { k: "" },
    ChatDurationInMinutes: 60,
    ParticipantDetails: { DisplayName: "d" },
    InitialSystemMessage: { ContentType: "text/plain", Content: "c" },
    RelatedContactId: "r",
    SupportedMessagingContentTypes: ["text/plain", "text/markdown"],
  },
});

const { InstanceId: _instance, ContactId: _contact, ...sending } = outboundEmail.input;
const draft = {
  ...words,
  ClientToken: "t",
  Channel: "EMAIL",
  InitiationMethod: "OUTBOUND",
  References: { k: aReference },
  ExpiryDurationInMinutes: 5,
  UserInfo: { UserId: "u" },
  InitiateAs: "CONNECTED_TO_USER",
  SegmentAttributes: subtype("connect:Email"),
} as const;

/**
 * Valid requests that together have every member of the model. A value is let through by the contract if one of them may
 * carry it: what goes together with what is not the model's concern.
 */
export const SCENES: Readonly<Record<Operation, readonly ContactRequest[]>> = {
  StartEmailContact: [email, anEmailContactRequest({ input: { References: { k: { Type: "STRING" } } } })],
  StartOutboundEmailContact: [
    outboundEmail,
    anOutboundEmailContactRequest({
      input: { EmailMessage: { MessageSourceType: "TEMPLATE", TemplatedMessageConfig: template } },
    }),
  ],
  CreateContact: [
    task,
    aTaskRequest({ input: { References: { k: { Type: "STRING" } } } }),
    aTaskRequest({
      input: { Channel: "EMAIL", InitiationMethod: "FLOW", References: { k: { Type: "EMAIL_MESSAGE" } } },
    }),
    aTaskRequest({ input: { Channel: "EMAIL", InitiationMethod: "OUTBOUND", UserInfo: { UserId: "u" } } }),
    aTaskRequest({
      input: {
        Channel: "EMAIL",
        InitiationMethod: "AGENT_REPLY",
        UserInfo: { UserId: "u" },
        RelatedContactId: "r",
      },
    }),
    aTaskRequest({
      input: {
        Channel: "VOICE",
        InitiationMethod: "TRANSFER",
        PreviousContactId: "p",
        SegmentAttributes: subtype("connect:ExternalAudio"),
      },
    }),
  ],
  StartOutboundChatContact: [
    chat,
    aChatRequest({ input: { InitialTemplatedSystemMessage: template, SegmentAttributes: subtype("connect:SMS") } }),
  ],
  OutboundEmail: [
    anOutboundEmailRequest({ input: { InstanceId: "i", CreateContact: draft, StartOutboundEmailContact: sending } }),
  ],
};
