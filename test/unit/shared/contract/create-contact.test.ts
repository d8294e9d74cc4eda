import { describe, test } from "@jest/globals";
import { aTaskRequest } from "#test/support/a-contact-request.ts";
import { checkInput, type InputCase } from "./check-input.ts";

describe("the prose rules of CreateContact", () => {
  const UserInfo = { UserId: "u" };
  const voice = (Subtype: string) => ({
    Channel: "VOICE",
    InitiationMethod: "TRANSFER",
    SegmentAttributes: { "connect:Subtype": { ValueString: Subtype } },
  });
  const mail = (InitiationMethod: string, more: object = {}) => ({ Channel: "EMAIL", InitiationMethod, ...more });
  const external = voice("connect:ExternalAudio");

  test.each<InputCase>([
    ["external audio", external, []],
    [
      "audio of another subtype",
      voice("connect:Telephony"),
      ['input.SegmentAttributes["connect:Subtype"].ValueString not-allowed'],
    ],
    ["audio without subtype", { Channel: "VOICE", InitiationMethod: "TRANSFER" }, ["input.SegmentAttributes required"]],
    [
      "audio with segment attributes but no subtype",
      { ...external, SegmentAttributes: {} },
      ["input.SegmentAttributes required"],
    ],
    ["audio that is not transferred", { ...external, InitiationMethod: "API" }, ["input.InitiationMethod conflict"]],
    ["a task that is a reply", { InitiationMethod: "FLOW" }, ["input.InitiationMethod conflict"]],
    ["a chat", { Channel: "CHAT" }, ["input.Channel not-allowed"]],
    ["an e-mail by API", mail("API"), ["input.InitiationMethod conflict"]],
    ["an e-mail by a flow", mail("FLOW"), []],
    ["an outbound e-mail of a user", mail("OUTBOUND", { UserInfo }), []],
    ["an outbound e-mail of nobody", mail("OUTBOUND"), ["input.UserInfo required"]],
    ["an outbound e-mail of a user without id", mail("OUTBOUND", { UserInfo: {} }), ["input.UserInfo.UserId required"]],
    ["a reply", mail("AGENT_REPLY", { UserInfo, RelatedContactId: "r" }), []],
    [
      "a reply to nothing, of nobody",
      mail("AGENT_REPLY"),
      ["input.UserInfo required", "input.RelatedContactId required"],
    ],
    ["a task that is related to a contact", { RelatedContactId: "r" }, []],
    ["a task that starts completed", { InitiateAs: "COMPLETED" }, []],
    ["an e-mail that starts completed", mail("FLOW", { InitiateAs: "COMPLETED" }), ["input.InitiateAs conflict"]],
    ["an e-mail that starts connected", mail("FLOW", { InitiateAs: "CONNECTED_TO_USER" }), []],
    ["external audio with a previous contact", { ...external, PreviousContactId: "p" }, []],
    ["a task with a previous contact", { PreviousContactId: "p" }, ["input.PreviousContactId conflict"]],
    [
      "a task with a reference to an e-mail and an attachment",
      { References: { a: { Type: "EMAIL", Value: "a@b.co" }, b: { Type: "ATTACHMENT" } } },
      [],
    ],
    [
      "a task with a reference to an e-mail message",
      { References: { a: { Type: "EMAIL_MESSAGE" } } },
      ['input.References["a"].Type conflict'],
    ],
    [
      "an e-mail with a reference to an e-mail message",
      mail("FLOW", { References: { a: { Type: "EMAIL_MESSAGE" } } }),
      [],
    ],
    [
      "a rule over several members is judged beside other trouble",
      { ...mail("OUTBOUND"), Name: 1, Colour: "red" },
      ["input.Name wrong-type", 'input["Colour"] unknown-member', "input.UserInfo required"],
    ],
  ])("%s", checkInput(aTaskRequest()));
});
