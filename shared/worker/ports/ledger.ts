import type { Attempt, AttemptOutcome, History, SettledStanding, Standing } from "../../ledger/standing.ts";
import type { AcceptedRequest } from "../accepted-request.ts";
import type { Delivery } from "../delivery.ts";
import type { Step } from "../step.ts";

/** A step of a request, and the delivery in which it is worked on. */
export interface LedgerEntry {
  readonly accepted: AcceptedRequest;
  readonly step: Step;
  readonly delivery: Delivery;
}

/**
 * The memory of what was tried for each request, and the guard against a second contact. Every method rejects when the
 * ledger cannot be reached; then nothing may be sent, and nothing acknowledged.
 */
export interface Ledger {
  /** How the request stands. One read. */
  lookUp(entry: LedgerEntry): Promise<Standing>;
  /**
   * Counts an attempt and holds the request until `leaseUntilMs`. One conditional write. Answers with the standing
   * instead where the request is not open any more.
   */
  begin(entry: LedgerEntry, leaseUntilMs: number): Promise<Begun>;
  /** Records how the attempt ended; without an attempt, that the request was given up before one. One conditional write. */
  finish(entry: LedgerEntry, outcome: AttemptOutcome, attempt?: Attempt): Promise<Finished>;
}

export type Begun =
  | { readonly kind: "begun"; readonly attempt: Attempt }
  | { readonly kind: "not-begun"; readonly standing: SettledStanding };

export type Finished =
  /** `history`: what is known of the request now, also by what other deliveries have done. */
  | { readonly kind: "recorded"; readonly history: History }
  /** The request has gone on without this attempt: this is how it stands. */
  | { readonly kind: "superseded"; readonly standing: Standing };
