import type { CapacityRefusals } from "../failures/capacity-refusals.ts";
import type { Failure } from "../failures/failure.ts";

/** How a request stands before a delivery of it is worked on. */
export type Standing = OpenStanding | SettledStanding;

/** The request may be called: it was never tried, or tried without a definite end. */
export interface OpenStanding {
  readonly kind: "open";
  readonly history: History;
  /** The number of the draft that is to be sent on: 1 where there are no drafts, too. */
  readonly draft: number;
  /** The draft of the round before, on which certainly nothing was sent. Nobody needs it any more. */
  readonly abandonedDraft?: number;
}

/** The request must not be called now. */
export type SettledStanding =
  /** Its contact exists: answer with it and call nobody. */
  | StartedStanding
  /** Another delivery is at work on it until then, unless it dies. */
  | { readonly kind: "held"; readonly untilMs: number }
  /** This message must not be called for: it was given up before, or it is not the request that the ledger knows. */
  | RefusedStanding
  /** The request has gone on to another draft than the one in hand. */
  | { readonly kind: "moved-on" }
  /** A call may have made a contact, and the client token protects against a second one no longer. */
  | { readonly kind: "outcome-unknown"; readonly history: History };

export interface StartedStanding {
  readonly kind: "started";
  readonly contactId: string;
  /** Of what was sent on a draft: the draft's own contact. */
  readonly draftContactId?: string;
  /** In the round that has started it. */
  readonly attempts: number;
}

export interface RefusedStanding {
  readonly kind: "refused";
  readonly failure: Failure;
  readonly history: History;
  /** The draft of the round that this message was given up in, on which certainly nothing was sent. */
  readonly abandonedDraft?: number;
}

/** What has been tried for a request in this round. */
export interface History {
  readonly attempts: number;
  readonly firstAttemptAtMs?: number;
  /** Whether some call may have made a contact that nobody has seen. */
  readonly inDoubt: boolean;
  /** When the first call began whose answer never came, if its client token can still matter. */
  readonly doubtSinceMs?: number;
  /** The doubt is about an earlier draft alone: on this one nothing was sent that nobody has seen. */
  readonly isDoubtEarlier?: true;
  readonly capacityRefusals?: CapacityRefusals;
}

/** One attempt at a request, between the ledger's begin and finish. Its history counts it, but not how it ends. */
export interface Attempt extends History {
  readonly id: string;
  readonly firstAttemptAtMs: number;
}

/** How an attempt, or a request that was given up without one, ended. */
export type AttemptOutcome =
  | { readonly kind: "started"; readonly contactId: string; readonly draftContactId?: string }
  /** Given up: the message becomes a dead letter. */
  | {
      readonly kind: "failed";
      readonly failure: Failure;
      readonly leavesDoubt: boolean;
      /** Not given up while some call may have made a contact that nobody has seen. */
      readonly unlessInDoubt?: true;
    }
  /** To be tried again. */
  | {
      readonly kind: "unfinished";
      readonly counts: boolean;
      readonly leavesDoubt: boolean;
      readonly capacityRefusals?: CapacityRefusals;
    };
