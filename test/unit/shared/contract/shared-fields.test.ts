import { describe, test } from "@jest/globals";
import { aTaskRequest } from "#test/support/a-contact-request.ts";
import { checkInput, type InputCase } from "./check-input.ts";

const INSTANCE_ID = "0b1c2d3e-4f50-4a6b-8c7d-9e0f1a2b3c4d";

const levels = (count: number): object =>
  count === 1 ? { ValueInteger: 1 } : { ValueMap: { inner: levels(count - 1) } };

describe("fields that operations share", () => {
  const reference = (entry: object) => ({ References: { k: entry } });
  const attribute = (name: string, value: unknown) => ({ SegmentAttributes: { [name]: value } });
  const system = "only for system-defined attributes";

  test.each<InputCase>([
    ["an instance by its id", { InstanceId: INSTANCE_ID }, []],
    ["an id of 101 characters", { InstanceId: "i".repeat(101) }, ["input.InstanceId too-long"]],
    ["an instance by its ARN", { InstanceId: `arn:aws:connect:eu-central-1:123456789012:instance/${INSTANCE_ID}` }, []],
    [
      "an ARN in another partition",
      { InstanceId: `arn:aws-us-gov:connect:us-gov-west-1:123456789012:instance/${INSTANCE_ID}` },
      [],
    ],
    [
      "an ARN longer than an id",
      { InstanceId: `arn:aws-iso-b:connect:us-isob-east-1:123456789012:instance/${"i".repeat(60)}` },
      [],
    ],
    [
      "the ARN of a flow",
      { InstanceId: `arn:aws:connect:eu-central-1:123456789012:instance/${INSTANCE_ID}/contact-flow/x` },
      ["input.InstanceId pattern"],
    ],
    ["the ARN of another service", { InstanceId: "arn:aws:s3:::bucket" }, ["input.InstanceId pattern"]],
    ["an empty client token", { ClientToken: "" }, ["input.ClientToken too-short"]],

    ["attributes of 32,768 bytes", { Attributes: { ab: "x".repeat(16_382), cd: "y".repeat(16_382) } }, []],
    [
      "attributes of 32,769 bytes",
      { Attributes: { ab: "x".repeat(16_382), cd: "y".repeat(16_383) } },
      ["input.Attributes too-large"],
    ],
    [
      "attributes of 32,769 bytes in fewer characters",
      { Attributes: { a: `${"é".repeat(16_384)}` } },
      ["input.Attributes too-large"],
    ],
    [
      "attributes too large, and one that is no text",
      { Attributes: { a: "x".repeat(32_767), bc: 1 } },
      ["input.Attributes too-large", 'input.Attributes["bc"] wrong-type'],
    ],
    ["an attribute's key with a space", { Attributes: { "a b": "" } }, ['input.Attributes["a b"] pattern']],
    ["an attribute's key that is empty", { Attributes: { "": "" } }, ['input.Attributes[""] too-short']],
    [
      "a wrong key and a wrong value at once",
      { Attributes: { ä: null } },
      ['input.Attributes["ä"] wrong-type', 'input.Attributes["ä"] pattern'],
    ],
    ["keys that objects inherit", { Attributes: { constructor: "a", toString: "b", hasOwnProperty: "c" } }, []],

    ["a URL reference", reference({ Type: "URL", Value: "https://example.com/ä?b=c" }), []],
    [
      "a URL reference without scheme",
      reference({ Type: "URL", Value: "www.example.com" }),
      ['input.References["k"].Value pattern'],
    ],
    [
      "a URL reference with a space",
      reference({ Type: "URL", Value: "https://example.com/a b" }),
      ['input.References["k"].Value pattern'],
    ],
    ["a DATE reference", reference({ Type: "DATE", Value: "1796115600" }), []],
    [
      "a DATE reference in ISO 8601",
      reference({ Type: "DATE", Value: "2026-12-01" }),
      ['input.References["k"].Value pattern'],
    ],
    [
      "references of 4,096 bytes",
      {
        References: { k: { Type: "STRING", Value: "x".repeat(2047) }, l: { Type: "STRING", Value: "x".repeat(2047) } },
      },
      [],
    ],
    [
      "references of 4,097 bytes",
      {
        References: { k: { Type: "STRING", Value: "x".repeat(2047) }, l: { Type: "STRING", Value: "x".repeat(2048) } },
      },
      ["input.References too-large"],
    ],
    [
      "references of 4,097 bytes in fewer characters",
      reference({ Type: "STRING", Value: "é".repeat(2048) }),
      ["input.References too-large"],
    ],

    ["a segment attribute of the deployment", attribute("my-Attribute_1", { ValueString: "x" }), []],
    ["a segment attribute of the system", attribute("connect:Subtype", { ValueString: "x" }), []],
    [
      "a segment attribute with another prefix",
      attribute("aws:x", { ValueString: "x" }),
      ['input.SegmentAttributes["aws:x"] pattern'],
    ],
    [
      "a segment attribute that is but a prefix",
      attribute("connect:", {}),
      ['input.SegmentAttributes["connect:"] pattern'],
    ],
    ["a segment attribute without a value, which the model allows", attribute("a", {}), []],
    [`ValueArn, ${system}`, attribute("a", { ValueArn: "x" }), ['input.SegmentAttributes["a"].ValueArn not-allowed']],
    [`ValueList, ${system}`, attribute("a", { ValueList: [] }), ['input.SegmentAttributes["a"].ValueList not-allowed']],
    [
      `ValueArn deep inside, ${system}`,
      attribute("a", { ValueMap: { b: { ValueArn: "x" } } }),
      ['input.SegmentAttributes["a"].ValueMap["b"].ValueArn not-allowed'],
    ],
    ["ValueList and ValueArn where they belong", attribute("connect:a", { ValueList: [{ ValueArn: "x" }] }), []],
    [
      "an expiry in minutes",
      attribute("connect:ContactExpiry", { ValueMap: { ExpiryDuration: { ValueInteger: 135 } } }),
      [],
    ],
    [
      "an expiry in another form",
      attribute("connect:ContactExpiry", { ValueInteger: 135 }),
      ['input.SegmentAttributes["connect:ContactExpiry"] required'],
    ],
    ["a whole number of 32 bits", attribute("a", { ValueInteger: 2 ** 31 - 1 }), []],
    [
      "a number of 33 bits",
      attribute("a", { ValueInteger: 2 ** 31 }),
      ['input.SegmentAttributes["a"].ValueInteger too-large'],
    ],
    [
      "a number almost whole",
      attribute("a", { ValueInteger: 1e-17 }),
      ['input.SegmentAttributes["a"].ValueInteger wrong-type'],
    ],
    ["8 levels of segment attributes", attribute("a", levels(8)), []],
    [
      "9 levels of segment attributes",
      attribute("a", levels(9)),
      [`input.SegmentAttributes["a"]${'.ValueMap["inner"]'.repeat(7)}.ValueMap too-deep`],
    ],
  ])("%s", checkInput(aTaskRequest()));
});
