import { describe, expect, test } from "@jest/globals";
import { knownNames } from "#shared/contract/known-names.ts";
import type { CallFailure } from "#shared/failures/call-failure.ts";
import { callFailureMessage } from "#shared/failures/call-failure-message.ts";
import type { CallFailureKind } from "#shared/failures/classify-call-failure.ts";

const NAMES = knownNames();

describe("the sentence about a call that failed for good", () => {
  test.each<[string, CallFailure, CallFailureKind, string]>([
    [
      "says what AWS answered, and how it can be found in AWS's logs",
      { name: "InvalidRequestException", status: 400, text: "The request is not valid", awsRequestId: "id-1" },
      "rejected",
      "Amazon Connect answered 400 InvalidRequestException: The request is not valid. AWS request id id-1. Correct the request and send it again under the same requestId.",
    ],
    [
      "says nothing for AWS where it has not said anything, and repeats no text of our own machine",
      { name: "TimeoutError", text: "socket hang up" },
      "transient",
      "Amazon Connect gave no answer (TimeoutError). Redrive when Amazon Connect is well, within the token window after doubtSince: the client token stays the same.",
    ],
    [
      "names the reason of a refusal that is about attached files",
      { name: "ServiceQuotaExceededException", status: 402, attachedFileReason: "TOTAL_FILE_SIZE_EXCEEDED" },
      "rejected",
      "Amazon Connect answered 402 ServiceQuotaExceededException (TOTAL_FILE_SIZE_EXCEEDED). Correct the request and send it again under the same requestId.",
    ],
  ])("%s", (_claim, failure, kind, sentence) => {
    expect(callFailureMessage(failure, kind, NAMES)).toBe(sentence);
  });
});
