import type { Failure } from "./failure.ts";
import { MOST_ISSUES, toldIssues } from "./told-issues.ts";

/** What the dead letter says about the request, beside the message as it came. */
export interface FailureReport {
  readonly failure: Failure;
  /** The operation that the queue serves, whatever the message asks for. */
  readonly operation: string;
  /** What could be read of the request; null where the message does not say it legibly. */
  readonly requestId: string | null;
  readonly source: string | null;
  /** The name of the queue that the message came from. */
  readonly queue: string;
  readonly attempts: number;
  /** ISO 8601; null if nothing was ever attempted. */
  readonly firstAttempt: string | null;
  /** `none`: Connect has certainly made no contact. `unknown`: it may have. */
  readonly contact: "none" | "unknown";
  /** When the first call began that was never answered, ISO 8601: the token window counts from it. Null without one. */
  readonly doubtSince: string | null;
}

/** Where what did not fit into the dead letter has gone. */
export interface Overflow {
  readonly bucket: string;
  readonly key: string;
}

/** The message attribute that tells why a message is a dead letter. */
export const FAILURE_ATTRIBUTE = "ContactRequestFailure";

const MAX_BYTES = 16 * 1024;

/**
 * The value of the attribute `ContactRequestFailure`: a JSON object of at most 16 KiB. It names the first 20 issues and
 * counts them all; fewer where they would not fit.
 */
export function failureAttribute(report: FailureReport, attributesAt?: Overflow): string {
  const { failure, ...circumstances } = report;
  for (let shown = Math.min(failure.issues?.length ?? 0, MOST_ISSUES); ; shown -= 1) {
    const text = JSON.stringify({
      code: failure.code,
      kind: failure.kind,
      message: failure.message,
      ...toldIssues(failure, shown),
      ...circumstances,
      ...(attributesAt !== undefined && { attributesAt }),
    });
    if (shown === 0 || Buffer.byteLength(text) <= MAX_BYTES) return text;
  }
}
