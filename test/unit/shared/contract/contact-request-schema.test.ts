import { describe, expect, test } from "@jest/globals";
import * as z from "zod";
import { contactRequestSchema } from "#shared/contract/contact-request.ts";
import { OPERATIONS } from "#shared/contract/operation.ts";

const member = z.looseObject({ properties: z.record(z.string(), z.unknown()).default({}) });

/** A member of an operation's input in the contract's JSON Schema. */
const inputMember = (operation: string, name: string): unknown => {
  const { oneOf } = z.object({ oneOf: z.array(member) }).parse(z.toJSONSchema(contactRequestSchema, { io: "input" }));
  const request = oneOf.find(({ properties }) => JSON.stringify(properties["operation"]).includes(`"${operation}"`));
  return member.parse(request?.properties["input"]).properties[name];
};

describe("the contract as a JSON Schema", () => {
  test.each(OPERATIONS)("knows %s", (operation) => {
    expect(inputMember(operation, "InstanceId")).toMatchObject({ type: "string" });
  });

  test("counts characters as the contract does", () => {
    expect(inputMember("CreateContact", "Name")).toEqual({ type: "string", maxLength: 1024 });
    expect(inputMember("CreateContact", "ClientToken")).toEqual({ type: "string", minLength: 1, maxLength: 500 });
  });

  test("asks for whole numbers", () => {
    expect(inputMember("StartOutboundChatContact", "ChatDurationInMinutes")).toEqual({
      type: "integer",
      minimum: 60,
      maximum: 10_080,
    });
  });

  test("refuses unknown members", () => {
    expect(inputMember("CreateContact", "UserInfo")).toMatchObject({ additionalProperties: false });
  });
});
