import { aChatRequest } from "#test/support/a-contact-request.ts";
import { SCENES } from "../shared/contract/scenes.ts";

/** Segment attributes nested as deep as they may be, in both kinds. */
const nested = (levels: number): object =>
  levels === 1
    ? { ValueString: "s", ValueInteger: 1 }
    : { ValueString: "s", ValueInteger: 1, ValueMap: { k: nested(levels - 1) } };

const nestedInSystem = (levels: number): object =>
  levels === 1
    ? { ValueString: "s", ValueInteger: 1, ValueArn: "a" }
    : {
        ValueString: "s",
        ValueInteger: 1,
        ValueArn: "a",
        ValueMap: { k: { ValueString: "s" } },
        ValueList: [nestedInSystem(levels - 1)],
      };

const SYSTEM_SEGMENTS = {
  "connect:Subtype": { ValueString: "connect:WhatsApp" },
  "connect:ContactExpiry": { ValueMap: { ExpiryDuration: { ValueInteger: 60 } } },
  "connect:Deep": nestedInSystem(8),
};

const task = (members: object) => ({
  requestId: "task/1",
  operation: "CreateContact",
  input: { Channel: "TASK", InitiationMethod: "API", ...members },
});

const AROUND = {
  source: "billing",
  notBefore: "2026-11-30T09:00:00Z",
  expiresAt: "2026-12-01T09:00:00+01:00",
  sendingHours: { from: "22:00", to: "06:00", timeZone: "Europe/Berlin" },
};

const REFERENCES = {
  Order: { Type: "URL", Value: "https://example.com/orders/4711" },
  Ends: { Type: "DATE", Value: "1767139200" },
  Note: { Type: "STRING", Value: "v", Status: "AVAILABLE", Arn: "arn:aws:s3:::bucket/key-1", StatusReason: "r" },
};

const RECIPIENT = { EmailAddress: "ada@example.com", DisplayName: "Ada" };

const TEMPLATE = {
  MessageSourceType: "TEMPLATE",
  TemplatedMessageConfig: {
    KnowledgeBaseId: "k",
    MessageTemplateId: "m",
    TemplateAttributes: { CustomAttributes: { "first name": "Ada" }, CustomerProfileAttributes: "{}" },
  },
};

const RAW = { MessageSourceType: "RAW", RawMessage: { Subject: "s", Body: "b", ContentType: "text/html" } };

const draft = (members: object) => ({
  ClientToken: "t",
  Channel: "EMAIL",
  Attributes: { order: "4711" },
  References: REFERENCES,
  Name: "n",
  Description: "d",
  ExpiryDurationInMinutes: 60,
  SegmentAttributes: { own: { ValueString: "s" } },
  ...members,
});

const outboundEmail = (draftMembers: object, message: object) => ({
  requestId: "billing/invoice-1",
  operation: "OutboundEmail",
  ...AROUND,
  input: {
    InstanceId: "arn:aws:connect:us-east-1:111122223333:instance/00000000-0000-4000-8000-000000000000",
    CreateContact: draft(draftMembers),
    StartOutboundEmailContact: {
      ClientToken: "t",
      FromEmailAddress: RECIPIENT,
      DestinationEmailAddress: RECIPIENT,
      AdditionalRecipients: { CcEmailAddresses: [RECIPIENT] },
      EmailMessage: message,
    },
  },
});

const [email, , ...others] = Object.values(SCENES).flat();

/**
 * Good requests that together have every member that the schema knows. Beside those of the contract's own tests, which have each
 * operation's members, these have every level of the segment attributes, and the draft and the sending of an outbound e-mail.
 */
export const FULL_REQUESTS: readonly object[] = [
  ...[email, ...others].flatMap((request) => (request === undefined ? [] : [{ ...AROUND, ...request }])),
  task({ References: REFERENCES }),
  task({ SegmentAttributes: { own: nested(8) } }),
  task({ SegmentAttributes: SYSTEM_SEGMENTS }),
  {
    requestId: "mail/1",
    operation: "StartEmailContact",
    input: {
      FromEmailAddress: RECIPIENT,
      DestinationEmailAddress: "help@shop.example.com",
      EmailMessage: RAW,
      References: REFERENCES,
      AdditionalRecipients: { ToAddresses: [RECIPIENT] },
      Attachments: [{ FileName: "f.pdf", S3Url: "s3://bucket/folder/f.pdf" }],
    },
  },
  {
    requestId: "draft/1",
    operation: "CreateContact",
    input: {
      Channel: "EMAIL",
      InitiationMethod: "OUTBOUND",
      UserInfo: { UserId: "u" },
      InitiateAs: "CONNECTED_TO_USER",
    },
  },
  aChatRequest({ input: { InitialSystemMessage: { ContentType: "text/plain", Content: "c" } } }),
  outboundEmail({ InitiationMethod: "FLOW" }, RAW),
  outboundEmail({ InitiationMethod: "OUTBOUND", UserInfo: { UserId: "u" }, InitiateAs: "CONNECTED_TO_USER" }, TEMPLATE),
  outboundEmail({ InitiationMethod: "AGENT_REPLY", UserInfo: { UserId: "u" }, RelatedContactId: "r" }, RAW),
];
