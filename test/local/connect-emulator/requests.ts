import type {
  CreateContactRequest,
  StartEmailContactRequest,
  StartOutboundChatContactRequest,
  StartOutboundEmailContactRequest,
} from "@aws-sdk/client-connect";

export const INSTANCE_ID = "11111111-2222-3333-4444-555555555555";

export const aTask = (overrides: Partial<CreateContactRequest> = {}): CreateContactRequest => ({
  InstanceId: INSTANCE_ID,
  Channel: "TASK",
  InitiationMethod: "API",
  Name: "Call back",
  ...overrides,
});

/** What CreateContact makes for an agent to send. */
export const aDraft = (overrides: Partial<CreateContactRequest> = {}): CreateContactRequest => ({
  InstanceId: INSTANCE_ID,
  Channel: "EMAIL",
  InitiationMethod: "OUTBOUND",
  UserInfo: { UserId: "agent-1" },
  ...overrides,
});

export const anInboundEmail = (overrides: Partial<StartEmailContactRequest> = {}): StartEmailContactRequest => ({
  InstanceId: INSTANCE_ID,
  FromEmailAddress: { EmailAddress: "customer@example.com" },
  DestinationEmailAddress: "support@example.com",
  EmailMessage: {
    MessageSourceType: "RAW",
    RawMessage: { Subject: "Where is my order?", Body: "Grüße 👋", ContentType: "text/plain" },
  },
  ...overrides,
});

export const anOutboundEmail = (
  overrides: Partial<StartOutboundEmailContactRequest> = {},
): StartOutboundEmailContactRequest => ({
  InstanceId: INSTANCE_ID,
  ContactId: "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
  DestinationEmailAddress: { EmailAddress: "customer@example.com" },
  EmailMessage: {
    MessageSourceType: "RAW",
    RawMessage: { Subject: "Your order", Body: "It is on its way.", ContentType: "text/plain" },
  },
  ...overrides,
});

export const aChat = (overrides: Partial<StartOutboundChatContactRequest> = {}): StartOutboundChatContactRequest => ({
  InstanceId: INSTANCE_ID,
  ContactFlowId: "flow-1",
  SourceEndpoint: {
    Type: "CONNECT_PHONENUMBER_ARN",
    Address: "arn:aws:connect:us-east-1:000000000000:phone-number/1",
  },
  DestinationEndpoint: { Type: "TELEPHONE_NUMBER", Address: "+4930123456" },
  SegmentAttributes: { "connect:Subtype": { ValueString: "connect:SMS" } },
  InitialSystemMessage: { ContentType: "text/plain", Content: "Hello" },
  ...overrides,
});
