import { describe, expect, test } from "@jest/globals";
import { NO_VALUE, type ReferenceScope, resolveValue } from "#local/template/resolve-value.ts";

const scope: ReferenceScope = {
  ref: (name) => (name === "AWS::NoValue" ? NO_VALUE : `ref-of-${name}`),
  attribute: (logicalId, attribute) => `${attribute}-of-${logicalId}`,
  condition: (name) => name === "Yes",
  mapped: (...keys) => keys.join("/"),
};
const neverRef: ReferenceScope = {
  ...scope,
  ref: (name) => {
    throw new Error(`${name} was resolved`);
  },
};

describe("an intrinsic function stands for", () => {
  test.each<[string, unknown, unknown]>([
    ["Ref", { Ref: "Queue" }, "ref-of-Queue"],
    ["Fn::GetAtt with a list", { "Fn::GetAtt": ["Queue", "Arn"] }, "Arn-of-Queue"],
    ["Fn::GetAtt with a dotted name", { "Fn::GetAtt": "Queue.Some.Thing" }, "Some.Thing-of-Queue"],
    ["Fn::Join", { "Fn::Join": [":", ["a", { Ref: "B" }, 3]] }, "a:ref-of-B:3"],
    ["Fn::Join without its empty items", { "Fn::Join": ["-", ["a", { Ref: "AWS::NoValue" }, "c"]] }, "a-c"],
    ["Fn::Join over a split list", { "Fn::Join": ["+", { "Fn::Split": ["-", "a-b"] }] }, "a+b"],
    [
      "Fn::Sub",
      { "Fn::Sub": "x/$" + "{Queue}/$" + "{Queue.Arn}/$" + "{AWS::Region}" },
      "x/ref-of-Queue/Arn-of-Queue/ref-of-AWS::Region",
    ],
    ["Fn::Sub with a literal", { "Fn::Sub": "$" + "{!Not}" }, "$" + "{Not}"],
    ["Fn::Sub with variables", { "Fn::Sub": ["$" + "{A}-$" + "{B}", { A: { Ref: "Q" } }] }, "ref-of-Q-ref-of-B"],
    ["Fn::Select", { "Fn::Select": [1, ["a", { Ref: "B" }]] }, "ref-of-B"],
    ["Fn::Select with a number as text", { "Fn::Select": ["0", { "Fn::Split": ["|", "x|y"] }] }, "x"],
    ["Fn::Split", { "Fn::Split": ["/", { "Fn::Join": ["/", ["a", "b"]] }] }, ["a", "b"]],
    ["Fn::If when true", { "Fn::If": ["Yes", "a", "b"] }, "a"],
    ["Fn::If when false", { "Fn::If": ["No", "a", { Ref: "B" }] }, "ref-of-B"],
    ["Fn::FindInMap", { "Fn::FindInMap": ["M", "a", "b"] }, "M/a/b"],
    ["Fn::Base64", { "Fn::Base64": "é" }, "w6k="],
    ["nothing at all, for what is not one", { a: [1, true, null, "x"] }, { a: [1, true, null, "x"] }],
    ["nothing, where Ref is one member of several", { Ref: "A", b: 1 }, { Ref: "A", b: 1 }],
    ["a left-out member", { a: { Ref: "AWS::NoValue" }, b: [1, { Ref: "AWS::NoValue" }] }, { b: [1] }],
  ])("%s", (_name, value, expected) => {
    expect(resolveValue(value, scope)).toEqual(expected);
  });
});

test("the branch that a condition does not choose is not resolved", () => {
  expect(resolveValue({ "Fn::If": ["Yes", "a", { Ref: "Gone" }] }, neverRef)).toBe("a");
});

describe("what cannot be resolved is an error that names it", () => {
  test.each<[string, unknown, RegExp]>([
    ["an unknown function", { "Fn::Cidr": ["10.0.0.0/16", 2] }, /Fn::Cidr is not known/],
    ["an import from another stack", { "Fn::ImportValue": "x" }, /Fn::ImportValue is not known/],
    ["a dynamic reference", "{{resolve:ssm:/a/b}}", /\{\{resolve:ssm:\/a\/b\}\}/],
    ["a position outside of the list", { "Fn::Select": [2, ["a", "b"]] }, /no item 2/],
    ["a join of something that is no text", { "Fn::Join": ["", [{ a: 1, b: 2 }]] }, /Fn::Join is malformed/],
  ])("%s", (_name, value, message) => {
    expect(() => resolveValue(value, scope)).toThrow(message);
  });
});
