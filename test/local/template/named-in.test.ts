import { expect, test } from "@jest/globals";
import { namedIn } from "#local/template/named-in.ts";

test.each<[unknown, string[]]>([
  [{ a: [{ Ref: "A" }] }, ["A"]],
  [{ "Fn::GetAtt": ["A", "Arn"] }, ["A"]],
  [{ "Fn::GetAtt": "A.Arn" }, ["A"]],
  [{ "Fn::Sub": "$" + "{A}-$" + "{B.Arn}-$" + "{!C}" }, ["A", "B"]],
  [{ "Fn::Sub": ["$" + "{A}", { A: { Ref: "B" } }] }, ["A", "B"]],
  [{ "Fn::If": ["Yes", { Ref: "A" }, { "Fn::Join": ["", [{ Ref: "B" }]] }] }, ["A", "B"]],
  ["A", []],
])("%j names %j", (value, names) => {
  expect([...namedIn(value)]).toEqual(names);
});
