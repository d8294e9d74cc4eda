interface StricterPlace {
  readonly place: string;
  /** The cases that the model takes and the contract refuses. */
  readonly labels: readonly string[];
  readonly rule: string;
}

const MESSAGE_IDS = [
  "EMAIL_MESSAGE",
  "EMAIL_MESSAGE_PLAIN_TEXT",
  "EMAIL_MESSAGE_PLAIN_TEXT_REDACTED",
  "EMAIL_MESSAGE_REDACTED",
];

const anyText = ["min", "max", "max emoji"];

const inEach = (operations: readonly string[], { place, ...rest }: StricterPlace): readonly StricterPlace[] =>
  operations.map((operation) => ({ place: `${operation} ${place}`, ...rest }));

const EMAILS = ["StartEmailContact", "StartOutboundEmailContact"];
const WITH_ATTRIBUTES = ["StartEmailContact", "CreateContact", "StartOutboundChatContact"];
const WITH_REFERENCES = ["StartEmailContact", "CreateContact"];

/** The places where the contract is stricter than the API model, each with the rule, which stands only in prose. */
export const STRICTER_THAN_THE_MODEL: readonly StricterPlace[] = [
  ...inEach([...EMAILS, "CreateContact", "StartOutboundChatContact"], {
    place: "ClientToken",
    labels: ["min"],
    rule: "Ours: a token that is given is used unchanged, and an empty one protects nobody.",
  }),
  ...inEach(EMAILS, {
    place: "EmailMessage.RawMessage.ContentType",
    labels: anyText,
    rule: "An e-mail is text/plain or text/html.",
  }),
  ...inEach(WITH_ATTRIBUTES, {
    place: "Attributes.*key",
    labels: ["max emoji"],
    rule: "Keys of attributes are letters, digits, - and _.",
  }),
  ...inEach(WITH_ATTRIBUTES, {
    place: "Attributes.*",
    labels: ["max emoji"],
    rule: "Attributes take at most 32,768 bytes of UTF-8 in all.",
  }),
  ...inEach(WITH_ATTRIBUTES, {
    place: "SegmentAttributes.*key",
    labels: ["max emoji"],
    rule: "Keys of segment attributes are letters, digits, - and _, with the prefix connect: if system-defined.",
  }),
  ...inEach(WITH_ATTRIBUTES, {
    place: "SegmentAttributes.*.ValueMap.*key",
    labels: ["max emoji"],
    rule: "Keys of segment attributes are letters, digits, - and _, with the prefix connect: if system-defined.",
  }),
  ...inEach(WITH_REFERENCES, {
    place: "References.*key",
    labels: ["max emoji"],
    rule: "References take at most 4,096 bytes of UTF-8 in all.",
  }),
  ...inEach(WITH_REFERENCES, {
    place: "References.*.Value",
    labels: ["max", "max emoji"],
    rule: "References take at most 4,096 bytes of UTF-8 in all, their keys included.",
  }),
  {
    place: "StartEmailContact References.*.Type",
    labels: ["ATTACHMENT", "CONTACT_ANALYSIS", "EMAIL", ...MESSAGE_IDS],
    rule: "An inbound e-mail takes references of the types URL, NUMBER, STRING and DATE.",
  },
  {
    place: "StartEmailContact EmailMessage.RawMessage",
    labels: ["left out"],
    rule: "RAW is the only source of an inbound e-mail, and it needs its message.",
  },
  {
    place: "StartEmailContact AdditionalRecipients.ToAddresses",
    labels: ["max items"],
    rule: "The destination and 49 more.",
  },
  {
    place: "StartEmailContact AdditionalRecipients.CcAddresses",
    labels: ["max items"],
    rule: "The destination and 49 more.",
  },
  {
    place: "StartEmailContact Attachments.[].S3Url",
    labels: ["min", "max emoji"],
    rule: "An attachment is a pre-signed URL with https, or an object in S3.",
  },
  {
    place: "StartOutboundEmailContact AdditionalRecipients.CcEmailAddresses",
    labels: ["max items"],
    rule: "The destination and 49 more.",
  },
  { place: "CreateContact Channel", labels: ["CHAT"], rule: "CHAT is not supported, whatever the enum says." },
  {
    place: "CreateContact InitiationMethod",
    labels: ["INBOUND", "QUEUE_TRANSFER", "CALLBACK", "DISCONNECT", "MONITOR", "EXTERNAL_OUTBOUND", "WEBRTC_API"],
    rule: "VOICE goes with TRANSFER, EMAIL with OUTBOUND, AGENT_REPLY or FLOW, TASK with API.",
  },
  {
    place: "StartOutboundChatContact SourceEndpoint.Type",
    labels: ["TELEPHONE_NUMBER", "VOIP", "CONTACT_FLOW", "EMAIL_ADDRESS", "left out"],
    rule: "The source is a CONNECT_PHONENUMBER_ARN.",
  },
  {
    place: "StartOutboundChatContact SourceEndpoint.Address",
    labels: [...anyText, "left out"],
    rule: "The source is the ARN of a phone number.",
  },
  {
    place: "StartOutboundChatContact DestinationEndpoint.Type",
    labels: ["VOIP", "CONTACT_FLOW", "CONNECT_PHONENUMBER_ARN", "EMAIL_ADDRESS", "left out"],
    rule: "The destination is a TELEPHONE_NUMBER.",
  },
  {
    place: "StartOutboundChatContact DestinationEndpoint.Address",
    labels: [...anyText, "left out"],
    rule: "The destination is a number in E.164.",
  },
  {
    place: "StartOutboundChatContact SegmentAttributes",
    labels: ["empty"],
    rule: "connect:Subtype is connect:SMS or connect:WhatsApp.",
  },
  {
    place: "StartOutboundChatContact InitialSystemMessage.ContentType",
    labels: anyText,
    rule: "The first message has one of four content types.",
  },
  {
    place: "StartOutboundChatContact InitialSystemMessage.Content",
    labels: ["max", "max emoji"],
    rule: "SMS takes 1,024 characters, WhatsApp 4,096.",
  },
  {
    place: "StartOutboundChatContact SupportedMessagingContentTypes",
    labels: ["min items"],
    rule: "The list holds text/plain.",
  },
  {
    place: "StartOutboundChatContact SupportedMessagingContentTypes.[]",
    labels: anyText,
    rule: "The list holds text/plain and four others at most.",
  },
];
