import { describe, expect, test } from "@jest/globals";
import { rawCall } from "./raw-call.ts";
import { aChat, aDraft, anInboundEmail, anOutboundEmail, aTask } from "./requests.ts";
import { startedEmulator } from "./started-emulator.ts";

const PATHS = {
  StartEmailContact: "/contact/email",
  StartOutboundEmailContact: "/contact/outbound-email",
  CreateContact: "/contact/create-contact",
  StartOutboundChatContact: "/contact/outbound-chat",
} as const;
type Operation = keyof typeof PATHS;

const template = {
  KnowledgeBaseId: "k",
  MessageTemplateId: "t",
  TemplateAttributes: { CustomAttributes: { name: "Ada" } },
};
const raw = { Subject: "s", Body: "b", ContentType: "text/plain" };

describe("what Connect refuses by rules outside of its model", () => {
  test.each<[Operation, object, string]>([
    ["StartEmailContact", anInboundEmail({ EmailMessage: { MessageSourceType: "RAW" } }), "RawMessage is required"],
    [
      "StartOutboundEmailContact",
      anOutboundEmail({ EmailMessage: { MessageSourceType: "RAW" } }),
      "RawMessage is required",
    ],
    [
      "StartOutboundEmailContact",
      anOutboundEmail({ EmailMessage: { MessageSourceType: "TEMPLATE" } }),
      "TemplatedMessageConfig is required",
    ],
    [
      "StartOutboundEmailContact",
      anOutboundEmail({
        EmailMessage: { MessageSourceType: "RAW", RawMessage: raw, TemplatedMessageConfig: template },
      }),
      "TemplatedMessageConfig does not go with",
    ],
    ["CreateContact", aTask({ Channel: "CHAT" }), "CHAT is not supported"],
    ["CreateContact", aTask({ InitiationMethod: "OUTBOUND" }), "InitiationMethod must be API"],
    ["CreateContact", aDraft({ InitiationMethod: "API" }), "OUTBOUND or AGENT_REPLY or FLOW"],
    ["CreateContact", aDraft({ UserInfo: {} }), "UserInfo.UserId is required"],
    ["CreateContact", aDraft({ InitiateAs: "COMPLETED" }), "for tasks only"],
    [
      "StartOutboundChatContact",
      aChat({ SourceEndpoint: { Type: "TELEPHONE_NUMBER", Address: "+49" } }),
      "SourceEndpoint.Type",
    ],
    ["StartOutboundChatContact", aChat({ DestinationEndpoint: {} }), "DestinationEndpoint.Type"],
    ["StartOutboundChatContact", aChat({ SegmentAttributes: {} }), "connect:Subtype"],
    ["StartOutboundChatContact", aChat({ InitialTemplatedSystemMessage: template }), "do not go together"],
    [
      "StartOutboundChatContact",
      aChat({ InitialSystemMessage: { ContentType: "text/plain", Content: "ü".repeat(8193) } }),
      "at most 16384 bytes",
    ],
  ])("%s %#", async (operation, body, rule) => {
    const { address, emulator } = await startedEmulator();

    const answer = await rawCall(address, { path: PATHS[operation], body: JSON.stringify(body) });

    expect(answer).toMatchObject({ status: 400, name: "InvalidRequestException" });
    expect(answer.text).toContain(rule);
    expect(emulator.contacts()).toEqual([]);
  });

  test.each<[string, Operation, object]>([
    [
      "a template",
      "StartOutboundEmailContact",
      anOutboundEmail({ EmailMessage: { MessageSourceType: "TEMPLATE", TemplatedMessageConfig: template } }),
    ],
    ["an e-mail from a flow without user", "CreateContact", aDraft({ InitiationMethod: "FLOW", UserInfo: {} })],
    ["external audio", "CreateContact", aTask({ Channel: "VOICE", InitiationMethod: "TRANSFER" })],
    [
      "a WhatsApp message from a template",
      "StartOutboundChatContact",
      aChat({
        SegmentAttributes: { "connect:Subtype": { ValueString: "connect:WhatsApp" } },
        InitialSystemMessage: undefined,
        InitialTemplatedSystemMessage: template,
      }),
    ],
  ])("%s is accepted", async (_case, operation, body) => {
    const { address } = await startedEmulator();

    expect(await rawCall(address, { path: PATHS[operation], body: JSON.stringify(body) })).toMatchObject({
      status: 200,
    });
  });
});

describe("instances", () => {
  const ARN = "arn:aws:connect:us-east-1:000000000000:instance/one";

  test.each([
    ["served, as an id", "one", 200, null],
    ["served, as an ARN", ARN, 200, null],
    ["unknown", "two", 404, "ResourceNotFoundException"],
  ])("one that is %s", async (_case, InstanceId, status, name) => {
    const { address } = await startedEmulator({ settings: { instanceIds: [ARN] } });

    expect(await rawCall(address, { body: JSON.stringify(aTask({ InstanceId })) })).toMatchObject({ status, name });
  });
});
