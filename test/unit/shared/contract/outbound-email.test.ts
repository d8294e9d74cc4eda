import { describe, expect, test } from "@jest/globals";
import { parseContactRequest } from "#shared/contract/contact-request.ts";
import { printRedacted } from "#shared/contract/print-redacted.ts";
import { anOutboundEmailRequest } from "#test/support/a-contact-request.ts";

const REQUEST = anOutboundEmailRequest();
const { CreateContact, StartOutboundEmailContact } = REQUEST.input;

const issuesWith = (input: object) => {
  const parsed = parseContactRequest({ ...REQUEST, input });
  return parsed.ok ? [] : parsed.error.map(printRedacted).map(({ path, code }) => [path, code]);
};
const withDraft = (members: object) =>
  issuesWith({ ...REQUEST.input, CreateContact: { ...CreateContact, ...members } });
const withSending = (members: object) =>
  issuesWith({ ...REQUEST.input, StartOutboundEmailContact: { ...StartOutboundEmailContact, ...members } });

describe("an outbound e-mail as one request", () => {
  test("is taken with only what must be there", () => {
    expect(parseContactRequest(REQUEST)).toEqual({ ok: true, value: REQUEST });
  });

  test.each([
    ["a reply", { ...CreateContact, InitiationMethod: "AGENT_REPLY", RelatedContactId: "contact-1" }],
    ["an e-mail of a flow, in nobody's hands", { Channel: "EMAIL", InitiationMethod: "FLOW" }],
    ["a token of its own", { ...CreateContact, ClientToken: "mine" }],
  ])("is taken with a draft that is or has %s", (_what, draft) => {
    expect(issuesWith({ ...REQUEST.input, CreateContact: draft })).toEqual([]);
  });

  test.each<[string, readonly unknown[], readonly unknown[]]>([
    ["without its draft", issuesWith({ StartOutboundEmailContact }), [["input.CreateContact", "required"]]],
    ["without what is sent", issuesWith({ CreateContact }), [["input.StartOutboundEmailContact", "required"]]],
    ["with a task for a draft", withDraft({ Channel: "TASK" }), [["input.CreateContact.Channel", "not-allowed"]]],
    [
      "with the method of a task",
      withDraft({ InitiationMethod: "API" }),
      [["input.CreateContact.InitiationMethod", "not-allowed"]],
    ],
    ["in nobody's hands", withDraft({ UserInfo: {} }), [["input.CreateContact.UserInfo.UserId", "required"]]],
    [
      "as a reply to nothing",
      withDraft({ InitiationMethod: "AGENT_REPLY" }),
      [["input.CreateContact.RelatedContactId", "required"]],
    ],
    [
      "that is completed before it is sent",
      withDraft({ InitiateAs: "COMPLETED" }),
      [["input.CreateContact.InitiateAs", "conflict"]],
    ],
    [
      "after a contact, as a call may be",
      withDraft({ PreviousContactId: "contact-1" }),
      [["input.CreateContact.PreviousContactId", "conflict"]],
    ],
    [
      "with an instance for the draft alone",
      withDraft({ InstanceId: "i" }),
      [["input.CreateContact{3}", "unknown-member"]],
    ],
    [
      "with an instance for the e-mail alone",
      withSending({ InstanceId: "i" }),
      [["input.StartOutboundEmailContact{2}", "unknown-member"]],
    ],
    [
      "on a contact of its own",
      withSending({ ContactId: "contact-1" }),
      [["input.StartOutboundEmailContact{2}", "unknown-member"]],
    ],
    [
      "with an e-mail that has no message",
      withSending({ EmailMessage: { MessageSourceType: "RAW" } }),
      [["input.StartOutboundEmailContact.EmailMessage.RawMessage", "required"]],
    ],
    [
      "with a token for both calls",
      issuesWith({ ...REQUEST.input, ClientToken: "mine" }),
      [["input{2}", "unknown-member"]],
    ],
  ])("is refused %s", (_what, issues, expected) => {
    expect(issues).toEqual(expected);
  });

  test("is refused for a misspelled part with the nearest name", () => {
    const parsed = parseContactRequest({ ...REQUEST, input: { ...REQUEST.input, CreateContacts: CreateContact } });
    const [issue] = parsed.ok ? [] : parsed.error;
    expect(issue?.message).toContain("the nearest known name is CreateContact");
  });
});
