import { expect, test } from "@jest/globals";
import { cloudFormationTemplate } from "#local/template/cloudformation-template.ts";
import { evaluateCondition } from "#local/template/evaluate-condition.ts";
import { pseudoParameters } from "#local/template/pseudo-parameters.ts";
import { StackScope } from "#local/template/stack-scope.ts";

const equals = (left: unknown, right: unknown) => ({ "Fn::Equals": [left, right] });
const yes = equals("a", "a");
const no = equals("a", "b");
const Conditions = { Yes: yes, No: no, Circular: { "Fn::Not": [{ Condition: "Circular" }] } };
const template = cloudFormationTemplate.parse({ Resources: {}, Conditions });
const scope = new StackScope(template, pseudoParameters({ stackName: "S", region: "eu-west-1", accountId: "1" }));

test.each<[unknown, boolean]>([
  [equals({ Ref: "AWS::Region" }, "eu-west-1"), true],
  [equals({ Ref: "AWS::Region" }, "us-east-1"), false],
  [{ "Fn::Or": [no, yes] }, true],
  [{ "Fn::Or": [no, no] }, false],
  [{ "Fn::And": [yes, no] }, false],
  [{ "Fn::And": [yes, { Condition: "Yes" }] }, true],
  [{ "Fn::Not": [{ Condition: "No" }] }, true],
])("%j is %s", (expression, truth) => {
  expect(evaluateCondition(expression, scope)).toBe(truth);
});

test.each<[unknown, RegExp]>([
  [{ Condition: "Nowhere" }, /no condition Nowhere/],
  [{ Condition: "Circular" }, /Circular depends on itself/],
  [{ "Fn::Contains": [] }, /Fn::Contains is not known/],
])("%j is an error that names what is wrong", (expression, message) => {
  expect(() => evaluateCondition(expression, scope)).toThrow(message);
});
