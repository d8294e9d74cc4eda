import type { CallFailure } from "./call-failure.ts";
import type { FailureKind } from "./failure.ts";

/** The kinds of failure that a call to Connect can end in. */
export type CallFailureKind = Exclude<FailureKind, "invalid" | "expired" | "stale" | "outcome-unknown" | "cancelled">;

// Exceptions of the Connect API model, AWS's common errors, and the SDK's own names for trouble on this side.
const KIND_OF_NAME: ReadonlyMap<string, CallFailureKind> = new Map([
  ...names("rejected", ["InvalidRequestException", "InvalidParameterException", "ResourceNotFoundException"]),
  ...names("rejected", ["ValidationException", "ValidationError", "SerializationException"]),
  ...names("denied", ["AccessDeniedException", "AccessDenied", "NotAuthorized", "OptInRequired"]),
  ...names("denied", ["UnrecognizedClientException", "InvalidClientTokenId", "InvalidAccessKeyId"]),
  ...names("denied", ["ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired", "RequestExpired"]),
  ...names("denied", ["IncompleteSignature", "IncompleteSignatureException", "InvalidSignatureException"]),
  ...names("denied", ["SignatureDoesNotMatch", "MissingAuthenticationToken", "MissingAuthenticationTokenException"]),
  ...names("denied", ["RequestTimeTooSkewed", "CredentialsProviderError", "TokenProviderError"]),
  ...names("denied", ["InvalidActiveRegionException", "AuthorizationHeaderMalformed"]),
  ...names("throttled", ["ThrottlingException", "Throttling", "ThrottledException", "RequestThrottled"]),
  ...names("throttled", ["RequestThrottledException", "TooManyRequestsException", "RequestLimitExceeded", "SlowDown"]),
  ...names("at-capacity", ["ServiceQuotaExceededException", "LimitExceededException"]),
  ...names("conflict", ["ConflictException"]),
  ...names("token-conflict", ["IdempotencyException"]),
  ...names("transient", ["RequestTimeout", "RequestTimeoutException", "InternalServiceException", "InternalFailure"]),
  ...names("transient", ["InternalServerError", "InternalServerException", "ServiceUnavailable"]),
  ...names("transient", ["ServiceUnavailableException", "TimeoutError", "AbortError"]),
]);

const KIND_OF_STATUS: ReadonlyMap<number, CallFailureKind> = new Map([
  [401, "denied"],
  [402, "at-capacity"],
  [403, "denied"],
  [408, "transient"],
  [409, "conflict"],
  [429, "throttled"],
]);

/**
 * What a failed call means. Names come before status codes, because AWS answers some throttles with 400.
 * A 4xx that no table knows is Connect's refusal of this request, and repeating it would get the same answer. All else
 * is `transient`: it costs a retry under the same client token, where giving up could lose a request.
 */
export function classifyCallFailure(failure: CallFailure): CallFailureKind {
  const kind = KIND_OF_NAME.get(failure.name) ?? kindOfStatus(failure.status);
  // Too many or too large files are this request's own fault: no contact that ends makes room for them.
  if (kind === "at-capacity" && failure.attachedFileReason !== undefined) return "rejected";
  return kind;
}

function kindOfStatus(status: number | undefined): CallFailureKind {
  if (status === undefined) return "transient";
  return KIND_OF_STATUS.get(status) ?? (status >= 400 && status < 500 ? "rejected" : "transient");
}

function names(kind: CallFailureKind, all: readonly string[]): [string, CallFailureKind][] {
  return all.map((name) => [name, kind]);
}
