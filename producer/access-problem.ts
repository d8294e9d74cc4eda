/**
 * Why AWS cannot be used at all: another message would fare no better, and neither would another try. `unreachable` alone
 * may pass by itself.
 */
export type AccessProblem = "no-queue" | "no-rights" | "no-credentials" | "no-region" | "unreachable";

const BY_NAME: ReadonlyMap<string, AccessProblem> = new Map([
  ["QueueDoesNotExist", "no-queue"],
  ["AWS.SimpleQueueService.NonExistentQueue", "no-queue"],
  ["AccessDenied", "no-rights"],
  ["AccessDeniedException", "no-rights"],
  ["KmsAccessDenied", "no-rights"],
  ["KMS.AccessDeniedException", "no-rights"],
  ["CredentialsProviderError", "no-credentials"],
  ["ExpiredToken", "no-credentials"],
  ["ExpiredTokenException", "no-credentials"],
  ["InvalidAccessKeyId", "no-credentials"],
  ["InvalidClientTokenId", "no-credentials"],
  ["InvalidSignatureException", "no-credentials"],
  ["SignatureDoesNotMatch", "no-credentials"],
  ["TokenProviderError", "no-credentials"],
  ["UnrecognizedClientException", "no-credentials"],
]);

const UNREACHABLE = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"];

/** What an error of the AWS SDK says about the access; nothing for all other errors. */
export function accessProblem(error: unknown): AccessProblem | undefined {
  if (!(error instanceof Error)) return undefined;
  const named = BY_NAME.get(error.name);
  if (named !== undefined) return named;
  if (error.message === "Region is missing" || error.message.startsWith("Region not accepted")) return "no-region";
  return "code" in error && UNREACHABLE.includes(String(error.code)) ? "unreachable" : undefined;
}
