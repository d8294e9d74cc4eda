import { describe, expect, test } from "@jest/globals";
import { noAccess } from "#cli/sending/no-access.ts";

const place = { queueName: "contact-requests-CreateContact-live", endpoint: "http://127.0.0.1:4566" };
const named = (name: string, message = "said by AWS") => Object.assign(new Error(message), { name });

describe("an error after which nothing can be sent", () => {
  test.each([
    ["a queue that is not there", named("QueueDoesNotExist"), ["contact-requests-CreateContact-live", "--prefix"]],
    ["missing rights", named("AccessDeniedException"), ["sqs:SendMessage", "said by AWS"]],
    ["missing credentials", named("CredentialsProviderError"), ["--profile", "AWS_ACCESS_KEY_ID"]],
    ["credentials that ended", named("ExpiredTokenException"), ["ExpiredTokenException"]],
    ["a missing Region", named("Error", "Region is missing"), ["--region", "AWS_REGION"]],
    [
      "nobody at the address",
      Object.assign(new Error(), { code: "ECONNREFUSED" }),
      ["http://127.0.0.1:4566", "--endpoint-url"],
    ],
  ])("such as %s is explained with what to do", (_name, error, words) => {
    const explained = noAccess(error, place);

    for (const word of words) expect(explained?.message).toContain(word);
    expect(explained?.exitStatus).toBe(2);
    expect(explained?.cause).toBe(error);
  });

  test("says that AWS was meant when no address was given and nobody is there", () => {
    const error = Object.assign(new Error(), { code: "ENOTFOUND" });
    expect(noAccess(error, { queueName: place.queueName })?.message).toMatch(
      /^Amazon SQS cannot be reached \(ENOTFOUND\)\. No --endpoint-url is given, so this was meant for AWS/,
    );
  });

  test.each([
    [named("ThrottlingException")],
    [named("TimeoutError")],
    [Object.assign(new Error(), { code: "ECONNRESET" })],
    ["text"],
  ])("is not one that may pass: %s", (error) => {
    expect(noAccess(error, place)).toBeUndefined();
  });
});
