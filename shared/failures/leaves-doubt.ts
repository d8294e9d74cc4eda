import type { FailureKind } from "./failure.ts";

/**
 * Whether a call that ended so may have made a contact all the same: no answer came, or the answer says that something
 * already exists under this token or for this contact.
 */
export function leavesDoubt(kind: FailureKind): boolean {
  switch (kind) {
    case "transient":
    case "conflict":
    case "token-conflict":
    case "outcome-unknown":
      return true;
    case "invalid":
    case "expired":
    case "stale":
    case "rejected":
    case "denied":
    case "throttled":
    case "at-capacity":
    case "cancelled":
      return false;
  }
}
