import { describe, expect, test } from "@jest/globals";
import { type ConnectInstance, parseConnectInstanceArn, servedInstance } from "#shared/connect-instance.ts";

const ID = "11111111-1111-4111-8111-111111111111";
const ARN = `arn:aws:connect:eu-central-1:123456789012:instance/${ID}`;

describe("the ARN of a Connect instance", () => {
  test.each([
    ["a Region", ARN, "eu-central-1", "123456789012"],
    [
      "a Region of GovCloud",
      `arn:aws-us-gov:connect:us-gov-west-1:123456789012:instance/${ID}`,
      "us-gov-west-1",
      "123456789012",
    ],
    ["a Region of China", `arn:aws-cn:connect:cn-north-1:210987654321:instance/${ID}`, "cn-north-1", "210987654321"],
  ])("is read in %s", (_where, arn, region, account) => {
    expect(parseConnectInstanceArn(arn)).toEqual({ id: ID, arn, region, account });
  });

  test.each([
    ["an id alone", ID],
    ["nothing", ""],
    ["another service", ARN.replace(":connect:", ":sqs:")],
    ["another partition", ARN.replace("arn:aws:", "arn:azure:")],
    ["no Region", ARN.replace("eu-central-1", "")],
    ["an account of eleven digits", ARN.replace("123456789012", "12345678901")],
    ["no id", ARN.replace(ID, "")],
    ["an id of 101 characters", ARN.replace(ID, "a".repeat(101))],
    ["a contact of the instance", `${ARN}/contact/${ID}`],
    ["every instance", ARN.replace(ID, "*")],
    ["a phone number", ARN.replace("instance", "phone-number")],
    ["a space before", ` ${ARN}`],
    ["a line end behind", `${ARN}\n`],
    ["the placeholder of our own messages", "arn:aws:connect:REGION:ACCOUNT:instance/ID"],
  ])("is not %s", (_what, text) => {
    expect(parseConnectInstanceArn(text)).toBeUndefined();
  });
});

describe("the instance that a request means", () => {
  const served = ["one", "two"].map(
    (id): ConnectInstance => ({ id, arn: ARN.replace(ID, id), region: "eu-central-1", account: "123456789012" }),
  );

  test.each([
    ["none", undefined, "one"],
    ["an id", "two", "two"],
    ["an ARN", ARN.replace(ID, "two"), "two"],
  ])("is found by %s", (_how, named, id) => {
    expect(servedInstance(served, named)?.id).toBe(id);
  });

  test.each([
    ["an id that is not served", "three"],
    ["an id in another case", "TWO"],
    ["the ARN of another account", ARN.replace(ID, "two").replace("123456789012", "210987654321")],
    ["nothing between the quotes", ""],
  ])("is nobody for %s", (_how, named) => {
    expect(servedInstance(served, named)).toBeUndefined();
  });
});
