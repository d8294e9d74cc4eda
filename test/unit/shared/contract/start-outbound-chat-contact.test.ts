import { describe, test } from "@jest/globals";
import { aChatRequest } from "#test/support/a-contact-request.ts";
import { checkInput, type InputCase } from "./check-input.ts";

describe("the prose rules of StartOutboundChatContact", () => {
  const subtype = (name: string) => ({ SegmentAttributes: { "connect:Subtype": { ValueString: name } } });
  const message = (Content: string, ContentType = "text/plain") => ({ InitialSystemMessage: { ContentType, Content } });
  const source = (Address: string) => ({ SourceEndpoint: { Type: "CONNECT_PHONENUMBER_ARN", Address } });
  const destination = (Address: string) => ({ DestinationEndpoint: { Type: "TELEPHONE_NUMBER", Address } });
  const template = { KnowledgeBaseId: "k", MessageTemplateId: "m", TemplateAttributes: {} };
  const whatsApp = subtype("connect:WhatsApp");
  const types = (...SupportedMessagingContentTypes: readonly string[]) => ({ SupportedMessagingContentTypes });
  const content = "input.InitialSystemMessage.Content";
  const list = "input.SupportedMessagingContentTypes";

  test.each<InputCase>([
    ["WhatsApp", whatsApp, []],
    [
      "another subtype",
      subtype("connect:Guide"),
      ['input.SegmentAttributes["connect:Subtype"].ValueString not-allowed'],
    ],
    ["no subtype", { SegmentAttributes: { a: { ValueString: "x" } } }, ["input.SegmentAttributes required"]],
    ...(
      [
        ["without text", {}, ".ValueString required"],
        ["as a text", "connect:SMS", " wrong-type"],
        ["that is null", null, " wrong-type"],
        ["as a number", { ValueString: 1 }, ".ValueString wrong-type"],
      ] as const
    ).map(
      ([name, value, issue]): InputCase => [
        `a subtype ${name}`,
        { SegmentAttributes: { "connect:Subtype": value } },
        [`input.SegmentAttributes["connect:Subtype"]${issue}`],
      ],
    ),
    ["a phone number in China", source("arn:aws-cn:connect:cn-north-1:123456789012:phone-number/p"), []],
    ["the source as a number", source("+4915112345678"), ["input.SourceEndpoint.Address pattern"]],
    [
      "the source as the ARN of an instance",
      source("arn:aws:connect:eu-central-1:123456789012:instance/i"),
      ["input.SourceEndpoint.Address pattern"],
    ],
    ["the shortest E.164", destination("+12"), []],
    ["the longest E.164", destination("+123456789012345"), []],
    ["too many digits", destination("+1234567890123456"), ["input.DestinationEndpoint.Address pattern"]],
    ["a number without +", destination("4915112345678"), ["input.DestinationEndpoint.Address pattern"]],
    ["a number with spaces", destination("+49 151 12345678"), ["input.DestinationEndpoint.Address pattern"]],
    ["a national number", destination("+015112345678"), ["input.DestinationEndpoint.Address pattern"]],
    [
      "an endpoint without anything",
      { SourceEndpoint: {} },
      ["input.SourceEndpoint.Type required", "input.SourceEndpoint.Address required"],
    ],
    ["an SMS of 1,024 characters", message("ä".repeat(1024)), []],
    ["an SMS of 1,025 characters", message("a".repeat(1025)), [`${content} too-long`]],
    ["a WhatsApp message of 4,096 characters", { ...whatsApp, ...message("😀".repeat(4096)) }, []],
    ["a WhatsApp message of 4,097 characters", { ...whatsApp, ...message("a".repeat(4097)) }, [`${content} too-long`]],
    [
      "16,385 bytes, whatever the subtype",
      { ...subtype("x"), ...message(`${"é".repeat(8192)}a`) },
      ['input.SegmentAttributes["connect:Subtype"].ValueString not-allowed', `${content} too-long`],
    ],
    [
      "16,384 bytes, whatever the subtype",
      { ...subtype("x"), ...message("é".repeat(8192)) },
      ['input.SegmentAttributes["connect:Subtype"].ValueString not-allowed'],
    ],
    ["an interactive response", message("{}", "application/vnd.amazonaws.connect.message.interactive.response"), []],
    ["HTML", message("a", "text/html"), ["input.InitialSystemMessage.ContentType not-allowed"]],
    ["a templated message", { InitialTemplatedSystemMessage: template }, []],
    [
      "both kinds of messages",
      { ...message("a"), InitialTemplatedSystemMessage: template },
      ["input.InitialTemplatedSystemMessage conflict"],
    ],
    ["text/plain alone", types("text/plain"), []],
    [
      "text/plain among others",
      types(
        "text/markdown",
        "application/json",
        "text/plain",
        "application/vnd.amazonaws.connect.message.interactive",
        "application/vnd.amazonaws.connect.message.interactive.response",
      ),
      [],
    ],
    ["no text/plain", types("text/markdown"), [`${list} required`]],
    ["an empty list of types", types(), [`${list} required`]],
    ["a type that is not supported", types("text/plain", "text/html"), [`${list}[1] not-allowed`]],
    ["an hour", { ChatDurationInMinutes: 60 }, []],
    ["more than a week", { ChatDurationInMinutes: 10_081 }, ["input.ChatDurationInMinutes too-large"]],
  ])("%s", checkInput(aChatRequest()));
});
