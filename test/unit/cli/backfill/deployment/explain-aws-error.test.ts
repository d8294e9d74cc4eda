import { expect, test } from "@jest/globals";
import { explainAwsError } from "#cli/backfill/deployment/explain-aws-error.ts";
import { CommandError } from "#cli/command-error.ts";
import { IncompleteAnswerError } from "#shared/aws/incomplete-answer-error.ts";
import { UnreadableItemError } from "#shared/worker/unreadable-item-error.ts";

const aws = (name: string, message = "as AWS says it"): Error =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode: 400 } });
const broken = (code: string): Error => Object.assign(new Error("connect"), { code });

const PLACE = { prefix: "shop" };

test.each([
  [aws("ParameterNotFound"), /^There is no deployment shop in this account and Region .*--prefix/],
  [aws("AccessDeniedException"), /may not read the table: the managed policy shop-operators-REGION .*as AWS says it/],
  [aws("CredentialsProviderError"), /^There are no valid AWS credentials to read the table .*--profile/],
  [aws("UnrecognizedClientException"), /^There are no valid AWS credentials/],
  [new Error("Region is missing"), /^No valid AWS Region is set\. Give --region/],
  [broken("ECONNREFUSED"), /^AWS cannot be reached \(ECONNREFUSED\)\. No --endpoint-url is given/],
  [broken("ECONNRESET"), /^AWS did not read the table \(ECONNRESET: connect\)\. Try again/],
  [
    new IncompleteAnswerError("6 bytes."),
    /^AWS did not read the table \(IncompleteAnswerError: 6 bytes\.\)\. Try again/,
  ],
  [new UnreadableItemError("It cannot be read."), /^It cannot be read\.$/],
  [aws("ThrottlingException"), /^AWS did not read the table \(ThrottlingException: as AWS says it\)/],
])("says of %s what to do", (error, sentence) => {
  expect(explainAwsError(error, "read the table", PLACE)?.message).toMatch(sentence);
});

test("names the address that stands in for AWS where nothing listens there", () => {
  const place = { ...PLACE, endpoint: "http://127.0.0.1:1" };

  expect(explainAwsError(broken("ECONNREFUSED"), "read", place)?.message).toMatch(/^http:\/\/127\.0\.0\.1:1 cannot be/);
});

test("leaves a bug to be seen as one, and what is explained as it is", () => {
  const said = new CommandError("Said.");

  expect(explainAwsError(new TypeError("x is not a function"), "read", PLACE)).toBeUndefined();
  expect(explainAwsError(said, "read", PLACE)).toBe(said);
});
