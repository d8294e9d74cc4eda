import { describe, expect, test } from "@jest/globals";
import { readConditionElement } from "#local/iam/condition-element.ts";
import { access } from "#local/iam/wanted.ts";

const holds = (Condition: unknown, context: Readonly<Record<string, unknown>>) =>
  readConditionElement(Condition)(access("sqs:SendMessage", "*", context).context);

const RULE = "arn:aws:events:us-east-1:111122223333:rule/bus/r";
const from = { "aws:SourceArn": RULE, "aws:SourceAccount": "111122223333" };
const keys = (...values: string[]) => ({ "dynamodb:LeadingKeys": values });

describe("a condition", () => {
  test.each<[object, Record<string, unknown>, boolean]>([
    [{ StringEquals: { "aws:SourceAccount": "111122223333" } }, from, true],
    [{ StringEquals: { "AWS:sourceaccount": "111122223333" } }, from, true],
    [{ StringEquals: { "aws:SourceAccount": ["1", "111122223333"] } }, from, true],
    [{ StringEquals: { "aws:SourceAccount": "1111*" } }, from, false],
    [{ StringEquals: { "aws:SourceAccount": "111122223333" } }, {}, false],
    [{ StringEqualsIfExists: { "aws:SourceAccount": "111122223333" } }, {}, true],
    [{ StringEqualsIfExists: { "aws:SourceAccount": "1" } }, from, false],
    [{ StringNotEquals: { "aws:SourceAccount": "1" } }, from, true],
    [{ StringNotEquals: { "aws:SourceAccount": ["1", "111122223333"] } }, from, false],
    [{ StringNotEquals: { "aws:SourceAccount": "1" } }, {}, true],
    [{ StringEqualsIgnoreCase: { "events:source": "Billing" } }, { "events:source": "BILLING" }, true],
    [{ StringNotEqualsIgnoreCase: { "events:source": "Billing" } }, { "events:source": "BILLING" }, false],
    [{ StringLike: { "aws:SourceAccount": "1111*" } }, from, true],
    [{ StringNotLike: { "aws:SourceAccount": "1111*" } }, from, false],
    [{ ArnEquals: { "aws:SourceArn": RULE } }, from, true],
    [{ ArnLike: { "aws:SourceArn": "arn:aws:events:*:*:rule/*" } }, from, true],
    [{ ArnLike: { "aws:SourceArn": "arn:aws:events:*:rule/*" } }, from, false],
    [{ ArnNotLike: { "aws:SourceArn": "arn:aws:events:*:*:rule/*" } }, from, false],
    [{ ArnNotEquals: { "aws:SourceArn": "arn:aws:sns:*:*:*" } }, from, true],
    [{ Bool: { "aws:SecureTransport": "false" } }, { "aws:SecureTransport": true }, false],
    [{ Bool: { "aws:SecureTransport": true } }, { "aws:SecureTransport": true }, true],
    [{ Bool: { "aws:SecureTransport": "false" } }, {}, false],
    [{ NumericLessThan: { "s3:TlsVersion": 1.2 } }, { "s3:TlsVersion": "1.3" }, false],
    [{ NumericLessThan: { "s3:TlsVersion": "1.4" } }, { "s3:TlsVersion": "1.3" }, true],
    [{ NumericLessThanEquals: { "s3:TlsVersion": 1.3 } }, { "s3:TlsVersion": "1.3" }, true],
    [{ NumericGreaterThan: { "s3:TlsVersion": 1.3 } }, { "s3:TlsVersion": "1.3" }, false],
    [{ NumericGreaterThanEquals: { "s3:TlsVersion": 1.3 } }, { "s3:TlsVersion": "1.3" }, true],
    [{ NumericEquals: { "s3:TlsVersion": "1.30" } }, { "s3:TlsVersion": "1.3" }, true],
    [{ NumericNotEquals: { "s3:TlsVersion": "1.30" } }, { "s3:TlsVersion": "1.3" }, false],
    [{ NumericNotEquals: { "s3:TlsVersion": "1.2" } }, {}, true],
    [{ Null: { "aws:SourceArn": "true" } }, {}, true],
    [{ Null: { "aws:SourceArn": "true" } }, from, false],
    [{ Null: { "aws:SourceArn": false } }, from, true],
    [
      { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["request#*", "bucket#a"] } },
      keys("request#1", "bucket#a"),
      true,
    ],
    [{ "ForAllValues:StringLike": { "dynamodb:LeadingKeys": "request#*" } }, keys("request#1", "bucket#a"), false],
    [{ "ForAllValues:StringLike": { "dynamodb:LeadingKeys": "request#*" } }, {}, true],
    [{ "ForAllValues:StringNotEquals": { "dynamodb:LeadingKeys": "a" } }, keys("b", "a"), false],
    [{ "ForAnyValue:StringEquals": { "dynamodb:LeadingKeys": "a" } }, keys("b", "a"), true],
    [{ "ForAnyValue:StringEquals": { "dynamodb:LeadingKeys": "a" } }, keys("b"), false],
    [{ "ForAnyValue:StringEquals": { "dynamodb:LeadingKeys": "a" } }, {}, false],
    [{ "ForAnyValue:StringNotEquals": { "dynamodb:LeadingKeys": "a" } }, keys("b", "a"), true],
  ])("%j with %j: %s", (Condition, context, expected) => {
    expect(holds(Condition, context)).toBe(expected);
  });

  test("holds only if every operator holds on every key", () => {
    const both = {
      StringEquals: { "aws:SourceAccount": "111122223333" },
      ArnLike: { "aws:SourceArn": "arn:aws:sns:*" },
    };
    expect(holds(both, from)).toBe(false);
    expect(holds({ ...both, ArnLike: { "aws:SourceArn": "arn:aws:events:*" } }, from)).toBe(true);
  });
});
