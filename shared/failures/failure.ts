import type { PrintedIssue } from "../contract/issue.ts";

/**
 * What went wrong with a contact request, by what the worker does about it. docs/message-contract.md lists the codes.
 *
 * - `invalid`: the message can never become a contact as it is
 * - `expired`: past its `expiresAt`
 * - `stale`: so old that SQS is about to delete it silently
 * - `rejected`: Connect refuses it for good
 * - `denied`: Connect refuses the deployment, not the request
 * - `throttled`: over the rate
 * - `at-capacity`: too many contacts are open
 * - `conflict`: Connect sees a conflict that may pass
 * - `token-conflict`: Connect refuses the client token
 * - `transient`: anything that may be gone at the next attempt
 * - `outcome-unknown`: nobody knows whether there is a contact, and it is not to be found out by another call
 * - `cancelled`: a person has cancelled the backfill that the request belongs to
 */
export type FailureKind =
  | "invalid"
  | "expired"
  | "stale"
  | "rejected"
  | "denied"
  | "throttled"
  | "at-capacity"
  | "conflict"
  | "token-conflict"
  | "transient"
  | "outcome-unknown"
  | "cancelled";

/** Why a contact request failed, free of anything that its message contains. */
export interface Failure {
  /** The name of Connect's exception, or one of our own codes such as `ContractViolation`. */
  readonly code: string;
  readonly kind: FailureKind;
  /** A sentence for people: the thing, the rule, the next step. */
  readonly message: string;
  /** The first ones of a contract violation. */
  readonly issues?: readonly PrintedIssue[];
  /** How many issues there are in all, where not all of them are kept. */
  readonly issueCount?: number;
}
