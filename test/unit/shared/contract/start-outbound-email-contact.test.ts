import { describe, test } from "@jest/globals";
import { anOutboundEmailContactRequest } from "#test/support/a-contact-request.ts";
import { checkInput, type InputCase } from "./check-input.ts";
import { someRecipients } from "./some-recipients.ts";

describe("the prose rules of StartOutboundEmailContact", () => {
  const RawMessage = { Subject: "s", Body: "b", ContentType: "text/plain" };
  const TemplatedMessageConfig = { KnowledgeBaseId: "k", MessageTemplateId: "m", TemplateAttributes: {} };
  const message = (EmailMessage: object) => ({ EmailMessage });
  const at = "input.EmailMessage";

  test.each<InputCase>([
    ["RAW with its message", message({ MessageSourceType: "RAW", RawMessage }), []],
    ["RAW without its message", message({ MessageSourceType: "RAW" }), [`${at}.RawMessage required`]],
    [
      "RAW with the template's",
      message({ MessageSourceType: "RAW", TemplatedMessageConfig }),
      [`${at}.TemplatedMessageConfig conflict`, `${at}.RawMessage required`],
    ],
    [
      "RAW with both",
      message({ MessageSourceType: "RAW", RawMessage, TemplatedMessageConfig }),
      [`${at}.TemplatedMessageConfig conflict`],
    ],
    [
      "RAW with an empty subject",
      message({ MessageSourceType: "RAW", RawMessage: { ...RawMessage, Subject: "" } }),
      [`${at}.RawMessage.Subject too-short`],
    ],
    [
      "RAW with headers",
      message({ MessageSourceType: "RAW", RawMessage: { ...RawMessage, Headers: {} } }),
      [`${at}.RawMessage["Headers"] unknown-member`],
    ],
    ["TEMPLATE with its message", message({ MessageSourceType: "TEMPLATE", TemplatedMessageConfig }), []],
    [
      "TEMPLATE without its message",
      message({ MessageSourceType: "TEMPLATE" }),
      [`${at}.TemplatedMessageConfig required`],
    ],
    [
      "TEMPLATE with both",
      message({ MessageSourceType: "TEMPLATE", RawMessage, TemplatedMessageConfig }),
      [`${at}.RawMessage conflict`],
    ],
    [
      "TEMPLATE without its attributes",
      message({
        MessageSourceType: "TEMPLATE",
        TemplatedMessageConfig: { KnowledgeBaseId: "k", MessageTemplateId: "m" },
      }),
      [`${at}.TemplatedMessageConfig.TemplateAttributes required`],
    ],
    [
      "keys of template attributes, which are not contact attributes",
      message({
        MessageSourceType: "TEMPLATE",
        TemplatedMessageConfig: {
          ...TemplatedMessageConfig,
          TemplateAttributes: { CustomAttributes: { "customer name": "Ada" } },
        },
      }),
      [],
    ],
    ["49 in Cc", { AdditionalRecipients: { CcEmailAddresses: someRecipients(49) } }, []],
    [
      "50 in Cc",
      { AdditionalRecipients: { CcEmailAddresses: someRecipients(50) } },
      ["input.AdditionalRecipients too-long"],
    ],
    [
      "members that it does not have",
      { Attachments: [], ContactFlowId: "x", Attributes: {} },
      [
        'input["Attachments"] unknown-member',
        'input["ContactFlowId"] unknown-member',
        'input["Attributes"] unknown-member',
      ],
    ],
  ])("%s", checkInput(anOutboundEmailContactRequest()));
});
