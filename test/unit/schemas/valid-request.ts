import fc from "fast-check";
import {
  attributes,
  emailAddress,
  instanceId,
  int32,
  printable,
  recipient,
  recipients,
  references,
  segmentAttributes,
  templatedMessage,
  text,
} from "./field-arbitraries.ts";

type Members = Record<string, fc.Arbitrary<unknown>>;

const members = (required: Members, optional: Members): fc.Arbitrary<Record<string, unknown>> =>
  fc.record({ ...required, ...optional }, { requiredKeys: Object.keys(required) });

const zone = fc.constantFrom("Z", "+01:00", "-11:30", "+14:00");

const moment = (min: string, max: string): fc.Arbitrary<string> =>
  fc
    .tuple(fc.date({ min: new Date(min), max: new Date(max), noInvalidDate: true }), fc.boolean(), zone)
    .map(([date, hasFraction, suffix]) => date.toISOString().slice(0, hasFraction ? -1 : -5) + suffix);

const sendingHours = fc.constantFrom(
  { from: "09:00", to: "20:00", timeZone: "Europe/Berlin" },
  { from: "22:00", to: "06:30", timeZone: "UTC" },
  { from: "00:00", to: "24:00", timeZone: "Asia/Kolkata" },
);

const requestFor = (operation: string, input: fc.Arbitrary<unknown>): fc.Arbitrary<object> =>
  members(
    { requestId: printable(128), operation: fc.constant(operation), input },
    {
      notBefore: moment("2020-01-01T00:00:00Z", "2024-02-29T23:59:59Z"),
      expiresAt: moment("2026-01-01T00:00:00Z", "9998-12-31T00:00:00Z"),
      sendingHours,
      source: printable(100),
    },
  );

const token = { ClientToken: text(1, 500) };
const ids = { InstanceId: instanceId, ...token };
const words = { Name: text(0, 1024), Description: text(0, 4096), Attributes: attributes };
const contentType = fc.constantFrom("text/plain", "text/html");

const startEmailContact = members(
  {
    FromEmailAddress: recipient,
    DestinationEmailAddress: emailAddress,
    EmailMessage: fc.record({
      MessageSourceType: fc.constant("RAW"),
      RawMessage: members(
        { Subject: text(0, 998), Body: text(1, 5000), ContentType: contentType },
        { Headers: members({}, { REFERENCES: text(1, 20_000), MESSAGE_ID: text(1, 20_000) }) },
      ),
    }),
  },
  {
    ...ids,
    ...words,
    References: references(["URL", "NUMBER", "STRING", "DATE"]),
    AdditionalRecipients: members({}, { ToAddresses: recipients, CcAddresses: recipients }),
    Attachments: fc.array(
      fc.record({
        FileName: fc.constantFrom("a.pdf", "Rechnung (ä) 请求.pdf", "😀.png"),
        S3Url: fc.oneof(
          fc.webUrl({ validSchemes: ["https"] }),
          fc.constantFrom("s3://bucket/a b/ü..pdf", "s3://a.b-c/.k"),
        ),
      }),
      { minLength: 1, maxLength: 50 },
    ),
    ContactFlowId: text(0, 500),
    RelatedContactId: text(1, 256),
    SegmentAttributes: segmentAttributes(),
  },
);

const sentMessage = fc.oneof(
  fc.record({
    MessageSourceType: fc.constant("RAW"),
    RawMessage: fc.record({ Subject: text(1, 998), Body: text(1, 5000), ContentType: contentType }),
  }),
  fc.record({ MessageSourceType: fc.constant("TEMPLATE"), TemplatedMessageConfig: templatedMessage }),
);

const sending = {
  required: { DestinationEmailAddress: recipient, EmailMessage: sentMessage },
  optional: {
    FromEmailAddress: recipient,
    AdditionalRecipients: members({}, { CcEmailAddresses: fc.array(recipient, { minLength: 1, maxLength: 49 }) }),
  },
};

const startOutboundEmailContact = members(
  { ContactId: text(1, 256), ...sending.required },
  { ...sending.optional, ...ids },
);

const user = { UserInfo: fc.record({ UserId: text(1, 256) }) };
const related = { RelatedContactId: text(1, 256) };
const anyUser = { UserInfo: members({}, { UserId: text(1, 256) }) };

/** What goes with each channel and initiation method of CreateContact. */
const CONTACTS = {
  task: {
    required: { Channel: fc.constant("TASK"), InitiationMethod: fc.constant("API") },
    optional: {
      ...anyUser,
      ...related,
      InitiateAs: fc.constantFrom("CONNECTED_TO_USER", "COMPLETED"),
      References: references(["URL", "NUMBER", "STRING", "DATE", "EMAIL", "ATTACHMENT"]),
    },
  },
  voice: {
    required: {
      Channel: fc.constant("VOICE"),
      InitiationMethod: fc.constant("TRANSFER"),
      SegmentAttributes: segmentAttributes({ "connect:Subtype": { ValueString: "connect:ExternalAudio" } }),
    },
    optional: { ...anyUser, ...related, PreviousContactId: text(1, 256) },
  },
  flow: {
    required: { Channel: fc.constant("EMAIL"), InitiationMethod: fc.constant("FLOW") },
    optional: { ...anyUser, ...related, References: references(["URL", "EMAIL_MESSAGE", "DATE"]) },
  },
  outbound: {
    required: { Channel: fc.constant("EMAIL"), InitiationMethod: fc.constant("OUTBOUND"), ...user },
    optional: { ...related, InitiateAs: fc.constant("CONNECTED_TO_USER") },
  },
  reply: {
    required: { Channel: fc.constant("EMAIL"), InitiationMethod: fc.constant("AGENT_REPLY"), ...user, ...related },
    optional: {},
  },
} satisfies Record<string, { required: Members; optional: Members }>;

const contact = (kind: keyof typeof CONTACTS, around: Members): fc.Arbitrary<object> => {
  const { required, optional } = CONTACTS[kind];
  const always = { ...words, ExpiryDurationInMinutes: int32, SegmentAttributes: segmentAttributes() };
  return members(required, { ...around, ...always, ...optional, ...required });
};

const createContact = fc.oneof(
  ...(["task", "voice", "flow", "outbound", "reply"] as const).map((kind) => contact(kind, ids)),
);

const outboundEmail = members(
  {
    CreateContact: fc.oneof(...(["flow", "outbound", "reply"] as const).map((kind) => contact(kind, token))),
    StartOutboundEmailContact: members(sending.required, { ...sending.optional, ...token }),
  },
  { InstanceId: instanceId },
);

const chat = (subtype: string): fc.Arbitrary<object> => {
  const always = {
    SourceEndpoint: fc.constant({
      Type: "CONNECT_PHONENUMBER_ARN",
      Address: "arn:aws:connect:us-east-1:111122223333:phone-number/3b9f1d2e-6c4a",
    }),
    DestinationEndpoint: fc.record({
      Type: fc.constant("TELEPHONE_NUMBER"),
      Address: fc.integer({ min: 10, max: 999_999_999 }).map((number) => `+${number}`),
    }),
    SegmentAttributes: segmentAttributes({ "connect:Subtype": { ValueString: subtype } }),
    ContactFlowId: text(0, 500),
  };
  const optional = {
    ...ids,
    ...related,
    Attributes: attributes,
    ChatDurationInMinutes: fc.integer({ min: 60, max: 10_080 }),
    ParticipantDetails: fc.record({ DisplayName: text(1, 256) }),
    SupportedMessagingContentTypes: fc.constantFrom(["text/plain"], ["application/json", "text/plain", "text/plain"]),
  };
  const content = text(1, subtype === "connect:SMS" ? 1024 : 4096);
  const contentTypes = fc.constantFrom("text/plain", "text/markdown", "application/json");
  return fc.oneof(
    members(always, optional),
    members(always, { ...optional, InitialSystemMessage: fc.record({ ContentType: contentTypes, Content: content }) }),
    members(always, { ...optional, InitialTemplatedSystemMessage: templatedMessage }),
  );
};

/** Whatever the contract lets through, for every operation. */
export const validRequest: fc.Arbitrary<object> = fc.oneof(
  requestFor("StartEmailContact", startEmailContact),
  requestFor("StartOutboundEmailContact", startOutboundEmailContact),
  requestFor("CreateContact", createContact),
  requestFor("StartOutboundChatContact", fc.constantFrom("connect:SMS", "connect:WhatsApp").chain(chat)),
  requestFor("OutboundEmail", outboundEmail),
);
