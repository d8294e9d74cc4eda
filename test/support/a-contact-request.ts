import type { ContactRequest } from "#shared/contract/contact-request.ts";
import type { Operation } from "#shared/contract/operation.ts";

type RequestOf<Name extends Operation> = Extract<ContactRequest, { operation: Name }>;

/** Members of the request that replace the builder's; those of `input` one by one. */
type Overrides<Name extends Operation> = Partial<Omit<RequestOf<Name>, "operation" | "input">> & {
  readonly input?: Partial<RequestOf<Name>["input"]>;
};

/** A valid inbound e-mail with only what must be there. */
export const anEmailContactRequest = ({
  input,
  ...overrides
}: Overrides<"StartEmailContact"> = {}): RequestOf<"StartEmailContact"> => ({
  requestId: "mail/4711",
  operation: "StartEmailContact",
  ...overrides,
  input: {
    FromEmailAddress: { EmailAddress: "ada@example.com" },
    DestinationEmailAddress: "help@shop.example.com",
    EmailMessage: {
      MessageSourceType: "RAW",
      RawMessage: { Subject: "My order", Body: "Where is it?", ContentType: "text/plain" },
    },
    ...input,
  },
});

/** A valid outbound e-mail with only what must be there. */
export const anOutboundEmailContactRequest = ({
  input,
  ...overrides
}: Overrides<"StartOutboundEmailContact"> = {}): RequestOf<"StartOutboundEmailContact"> => ({
  requestId: "newsletter/4711",
  operation: "StartOutboundEmailContact",
  ...overrides,
  input: {
    ContactId: "7c1a9a3e-52d5-4c55-9b6e-2f0f6a5b9f10",
    DestinationEmailAddress: { EmailAddress: "ada@example.com" },
    EmailMessage: {
      MessageSourceType: "RAW",
      RawMessage: { Subject: "Your order", Body: "<p>It is on its way.</p>", ContentType: "text/html" },
    },
    ...input,
  },
});

/** A valid request for CreateContact, a task, with only what must be there. */
export const aTaskRequest = ({ input, ...overrides }: Overrides<"CreateContact"> = {}): RequestOf<"CreateContact"> => ({
  requestId: "billing/order-4711-callback",
  operation: "CreateContact",
  ...overrides,
  input: { Channel: "TASK", InitiationMethod: "API", ...input },
});

/** A valid SMS that opens a chat, with only what must be there. */
export const aChatRequest = ({
  input,
  ...overrides
}: Overrides<"StartOutboundChatContact"> = {}): RequestOf<"StartOutboundChatContact"> => ({
  requestId: "billing/order-4711-reminder",
  operation: "StartOutboundChatContact",
  ...overrides,
  input: {
    SourceEndpoint: {
      Type: "CONNECT_PHONENUMBER_ARN",
      Address: "arn:aws:connect:us-east-1:000000000000:phone-number/0d6b2f1c-6a0e-4a43-9f0b-0c5d1b2a3e4f",
    },
    DestinationEndpoint: { Type: "TELEPHONE_NUMBER", Address: "+4915112345678" },
    SegmentAttributes: { "connect:Subtype": { ValueString: "connect:SMS" } },
    ContactFlowId: "846ec553-a005-41c0-8341-0123456789ab",
    ...input,
  },
});

/** A valid outbound e-mail as one request, with only what must be there. */
export const anOutboundEmailRequest = ({
  input,
  ...overrides
}: Overrides<"OutboundEmail"> = {}): RequestOf<"OutboundEmail"> => ({
  requestId: "billing/order-4711-invoice",
  operation: "OutboundEmail",
  ...overrides,
  input: {
    CreateContact: {
      Channel: "EMAIL",
      InitiationMethod: "OUTBOUND",
      UserInfo: { UserId: "5d2a7d57-4f0d-4b9e-8f57-2b8f6f0a9c11" },
    },
    StartOutboundEmailContact: {
      DestinationEmailAddress: { EmailAddress: "ada@example.com" },
      EmailMessage: {
        MessageSourceType: "RAW",
        RawMessage: { Subject: "Your invoice", Body: "<p>It is attached.</p>", ContentType: "text/html" },
      },
    },
    ...input,
  },
});
