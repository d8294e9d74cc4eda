import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import type { CallFailure } from "#shared/failures/call-failure.ts";
import { type CallFailureKind, classifyCallFailure } from "#shared/failures/classify-call-failure.ts";

const table: readonly (readonly [CallFailureKind, string, CallFailure])[] = [
  ["rejected", "a request that Connect finds invalid", { name: "InvalidRequestException", status: 400 }],
  ["rejected", "a parameter that Connect finds invalid", { name: "InvalidParameterException", status: 400 }],
  ["rejected", "a flow or user that does not exist", { name: "ResourceNotFoundException", status: 404 }],
  ["rejected", "a 4xx that nobody has named", { name: "TeapotException", status: 418 }],
  ["rejected", "too many attached files", aboutFiles("TOTAL_FILE_COUNT_EXCEEDED")],
  ["rejected", "attached files that are too large", aboutFiles("TOTAL_FILE_SIZE_EXCEEDED")],
  ["denied", "a missing right", { name: "AccessDeniedException", status: 403 }],
  ["denied", "credentials that have expired", { name: "ExpiredTokenException", status: 403 }],
  ["denied", "a security token that AWS does not know", { name: "UnrecognizedClientException", status: 400 }],
  ["denied", "credentials that cannot be loaded", { name: "CredentialsProviderError" }],
  ["denied", "a 403 that nobody has named", { name: "Forbidden", status: 403 }],
  ["throttled", "the rate", { name: "ThrottlingException", status: 429 }],
  ["throttled", "a throttle that AWS answers with 400", { name: "ThrottlingException", status: 400 }],
  ["throttled", "TooManyRequests", { name: "TooManyRequestsException", status: 429 }],
  ["throttled", "a 429 that nobody has named", { name: "Unknown", status: 429 }],
  ["at-capacity", "402: too many contacts are open", { name: "ServiceQuotaExceededException", status: 402 }],
  ["at-capacity", "429 LimitExceeded: too many chats are open", { name: "LimitExceededException", status: 429 }],
  ["at-capacity", "a 402 that nobody has named", { name: "PaymentRequired", status: 402 }],
  ["conflict", "a conflict", { name: "ConflictException", status: 409 }],
  ["conflict", "a 409 that nobody has named", { name: "Unknown", status: 409 }],
  ["token-conflict", "a token that Connect refuses", { name: "IdempotencyException", status: 409 }],
  ["transient", "a fault of Connect", { name: "InternalServiceException", status: 500 }],
  ["transient", "a request that took too long to arrive", { name: "RequestTimeout", status: 408 }],
  ["transient", "a timeout that AWS answers with 400", { name: "RequestTimeoutException", status: 400 }],
  ["transient", "a gateway", { name: "BadGateway", status: 502 }],
  ["transient", "our own timeout", { name: "TimeoutError" }],
  ["transient", "an aborted call", { name: "AbortError" }],
  ["transient", "a broken connection", { name: "ECONNRESET" }],
  ["transient", "an answer that cannot be read", { name: "SyntaxError", status: 200 }],
  ["transient", "an answer without a contact id", { name: "AnswerWithoutContactId", status: 200 }],
  ["transient", "a redirect", { name: "Unknown", status: 307 }],
  ["transient", "whatever nobody has thought of", { name: "Surprise" }],
];

function aboutFiles(attachedFileReason: string): CallFailure {
  return { name: "ServiceQuotaExceededException", status: 402, attachedFileReason };
}

describe("a failed call", () => {
  test.each(table)("is %s for %s", (kind, _what, failure) => {
    expect(classifyCallFailure(failure)).toBe(kind);
  });

  test("is classified by name for every exception that the API model declares", () => {
    const model = JSON.parse(readFileSync("local/connect-emulator/api-model.json", "utf8"));
    const starts = Object.entries<{ errors: string[] }>(model.operations).filter(([name]) => name !== "StopContact");
    const declared = [...new Set(starts.flatMap(([, { errors }]) => errors))].sort();
    expect(declared.map((name) => [name, classifyCallFailure({ name })])).toEqual([
      ["AccessDeniedException", "denied"],
      ["ConflictException", "conflict"],
      ["IdempotencyException", "token-conflict"],
      ["InternalServiceException", "transient"],
      ["InvalidParameterException", "rejected"],
      ["InvalidRequestException", "rejected"],
      ["LimitExceededException", "at-capacity"],
      ["ResourceNotFoundException", "rejected"],
      ["ServiceQuotaExceededException", "at-capacity"],
      ["ThrottlingException", "throttled"],
    ]);
  });
});
