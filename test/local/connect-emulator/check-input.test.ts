import { describe, expect, test } from "@jest/globals";
import { apiModel, shapeNamed } from "#local/connect-emulator/api-model.ts";
import { checkInput } from "#local/connect-emulator/check-input.ts";
import type { JsonObject } from "#local/connect-emulator/json-object.ts";
import { OPERATION_NAMES, type OperationName } from "#local/connect-emulator/operation-name.ts";
import { aChat, aDraft, anInboundEmail, anOutboundEmail, aTask } from "./requests.ts";

const check = (operation: OperationName, input: object) =>
  checkInput(apiModel.operations[operation].input, JSON.parse(JSON.stringify(input)));

const problemsOf = (operation: OperationName, input: object): readonly string[] => {
  const checked = check(operation, input);
  return checked.ok ? [] : checked.problems;
};

const good: Readonly<Record<OperationName, object>> = {
  StartEmailContact: anInboundEmail(),
  StartOutboundEmailContact: anOutboundEmail(),
  CreateContact: aTask(),
  StartOutboundChatContact: aChat(),
  StopContact: { InstanceId: "i", ContactId: "c" },
};

const requiredMembers = OPERATION_NAMES.flatMap((operation) => {
  const shape = shapeNamed(apiModel.operations[operation].input);
  return shape.type === "structure" ? shape.required.map((member) => [operation, member] as const) : [];
});

describe("required members", () => {
  test("there are some in the input of every operation", () => {
    expect(new Set(requiredMembers.map(([operation]) => operation))).toEqual(new Set(OPERATION_NAMES));
  });

  test.each(requiredMembers)("%s without %s names it", (operation, member) => {
    expect(problemsOf(operation, { ...good[operation], [member]: undefined })).toEqual([`${member} is required`]);
  });

  test.each(requiredMembers)("%s with null for %s names it", (operation, member) => {
    expect(problemsOf(operation, { ...good[operation], [member]: null })).toEqual([`${member} is required`]);
  });

  test("those of a nested structure are named by their path", () => {
    expect(
      problemsOf(
        "StartEmailContact",
        anInboundEmail({ EmailMessage: { MessageSourceType: "RAW", RawMessage: Object({}) } }),
      ),
    ).toEqual([
      "EmailMessage.RawMessage.Subject is required",
      "EmailMessage.RawMessage.Body is required",
      "EmailMessage.RawMessage.ContentType is required",
    ]);
  });
});

const text = (length: number): string => "x".repeat(length);
const reference = (Arn: string) => ({ References: { r: { Type: "URL", Arn } } });
const attachment = (FileName: string) => ({ Attachments: [{ FileName, S3Url: "https://x" }] });
const copies = (count: number) => ({
  AdditionalRecipients: { CcAddresses: Array.from({ length: count }, () => ({ EmailAddress: "a@b.de" })) },
});

describe("what the model allows", () => {
  test.each<[string, OperationName, object]>([
    ["a task", "CreateContact", aTask()],
    ["a draft", "CreateContact", aDraft()],
    ["an empty name", "CreateContact", { Name: "" }],
    ["the longest name", "CreateContact", { Name: text(1024) }],
    ["the longest name of emoji, each one character", "CreateContact", { Name: "😀".repeat(1024) }],
    ["the shortest ARN", "CreateContact", reference(text(20))],
    ["every channel of the enum", "CreateContact", { Channel: "CHAT" }],
    ["an integer where one is due", "CreateContact", { ExpiryDurationInMinutes: -5 }],
    ["the shortest chat", "StartOutboundChatContact", { ChatDurationInMinutes: 60 }],
    ["the longest chat", "StartOutboundChatContact", { ChatDurationInMinutes: 10_080 }],
    ["a file name in another script", "StartEmailContact", attachment("договор 😀.pdf")],
    ["fifty copies", "StartEmailContact", copies(50)],
    ["null for an absent optional member", "CreateContact", { Description: null }],
    [
      "segment attributes in segment attributes",
      "CreateContact",
      { SegmentAttributes: { a: { ValueMap: { b: { ValueInteger: 1 } } } } },
    ],
  ])("%s", (_case, operation, overrides) => {
    expect(problemsOf(operation, { ...good[operation], ...overrides })).toEqual([]);
  });
});

describe("what the model refuses, by member and rule", () => {
  test.each<[OperationName, object, string]>([
    ["CreateContact", { Name: text(1025) }, "Name must have at most 1024 characters"],
    ["CreateContact", { Name: `${"😀".repeat(1024)}x` }, "Name must have at most 1024 characters"],
    ["CreateContact", { Name: 5 }, "Name must be a string"],
    ["CreateContact", { InstanceId: "" }, "InstanceId must have at least 1 characters"],
    ["CreateContact", { Channel: "FAX" }, "Channel must be one of VOICE, CHAT, TASK, EMAIL"],
    ["CreateContact", { Attributes: { a: 1 } }, "Attributes.a must be a string"],
    ["CreateContact", { Attributes: { a: null } }, "Attributes.a must be a string"],
    ["CreateContact", { Attributes: { "": "x" } }, "the key of Attributes. must have at least 1 characters"],
    ["CreateContact", { Attributes: ["a"] }, "Attributes must be a map"],
    ["CreateContact", { ExpiryDurationInMinutes: "5" }, "ExpiryDurationInMinutes must be an integer"],
    ["CreateContact", { ExpiryDurationInMinutes: 1.5 }, "ExpiryDurationInMinutes must be an integer"],
    ["CreateContact", { ExpiryDurationInMinutes: 2 ** 31 }, "ExpiryDurationInMinutes must fit into 32 bits"],
    ["CreateContact", { UserInfo: "agent" }, "UserInfo must be an object"],
    ["CreateContact", { ClientToken: text(501) }, "ClientToken must have at most 500 characters"],
    ["CreateContact", reference(text(19)), "References.r.Arn must have at least 20 characters"],
    ["CreateContact", reference("!".repeat(20)), "References.r.Arn must match ^[-:/A-Za-z0-9]+"],
    [
      "StartEmailContact",
      { DestinationEmailAddress: "nobody" },
      "DestinationEmailAddress must match [^\\s@]+@[^\\s@]+\\.[^\\s@]+",
    ],
    ["StartEmailContact", attachment("a\u0007.pdf"), "Attachments[0].FileName must match ^\\P{C}*$"],
    ["StartEmailContact", { Attachments: [] }, "Attachments must have at least 1 entries"],
    ["StartEmailContact", { Attachments: {} }, "Attachments must be a list"],
    ["StartEmailContact", copies(51), "AdditionalRecipients.CcAddresses must have at most 50 entries"],
    ["StartOutboundChatContact", { ChatDurationInMinutes: 59 }, "ChatDurationInMinutes must be at least 60"],
    ["StartOutboundChatContact", { ChatDurationInMinutes: 10_081 }, "ChatDurationInMinutes must be at most 10080"],
  ])("%s %#: %j", (operation, overrides, problem) => {
    expect(problemsOf(operation, { ...good[operation], ...overrides })).toEqual([problem]);
  });

  test("every problem is named, and no value with it", () => {
    const problems = problemsOf("CreateContact", { Channel: "secret-1", Name: text(2000), Attributes: { a: 7 } });

    expect(problems).toHaveLength(5);
    expect(problems.join()).not.toMatch(/secret-1|xx|7/);
  });
});

test("members that the model does not know are dropped at every level", () => {
  const checked = check("CreateContact", { ...aTask(), Nmae: "x", UserInfo: { UserId: "u", Nmae: "x" } });

  expect(checked).toEqual({ ok: true, input: { ...aTask(), UserInfo: { UserId: "u" } } satisfies JsonObject });
});
