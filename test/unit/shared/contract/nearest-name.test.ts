import { describe, expect, test } from "@jest/globals";
import { nearestName } from "#shared/contract/nearest-name.ts";

const known = ["InstanceId", "ContactFlowId", "ContactId", "Name", "Body", "ClientToken", "To"];

describe("the nearest known name", () => {
  test.each([
    ["contactflowid", "ContactFlowId"],
    ["contact_flow_id", "ContactFlowId"],
    ["contact-id", "ContactId"],
    ["ContactFlowld", "ContactFlowId"],
    ["ContatcId", "ContactId"],
    ["ClientTokens", "ClientToken"],
    ["Nmae", "Name"],
    ["Bdoy", "Body"],
    ["Boyd", "Body"],
    ["CilentTokne", "ClientToken"],
    ["Ot", undefined],
    ["Naem", "Name"],
    ["eNam", undefined],
    ["Nam", "Name"],
    ["instanceARN", "InstanceId"],
    ["T", undefined],
    ["Subject", undefined],
    ["", undefined],
    ["x".repeat(1_000_000), undefined],
  ])("of %j is %s", (written, expected) => {
    expect(nearestName(written, known)).toBe(expected);
  });
});
