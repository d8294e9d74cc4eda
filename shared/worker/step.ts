import type { ConnectApi } from "../contract/operation.ts";
import type { LedgerKey } from "./ports/ledger-store.ts";

/**
 * One call to Connect that a request takes. It has an item of its own in the ledger, and a client token of its own. Most
 * requests take one; an outbound e-mail takes a draft and what is sent on it.
 */
export type Step = ContactStep | DraftStep | SendingStep;

/** Makes the contact that the request asks for. */
export interface ContactStep extends AnyStep {
  readonly makes: "contact";
}

/** Makes the draft of an outbound e-mail, which no customer sees. */
export interface DraftStep extends AnyStep {
  readonly makes: "draft";
}

/** Sends an outbound e-mail on its draft. */
export interface SendingStep extends AnyStep {
  readonly makes: "email";
  /** Left out where the ledger has not been asked yet which draft it is, and Connect not for its contact. */
  readonly draft?: Draft;
}

/** The draft of an outbound e-mail. A request has another one only after nothing could be sent on the one before. */
export interface Draft {
  /** From 1. */
  readonly number: number;
  readonly contactId: string;
}

interface AnyStep {
  readonly api: ConnectApi;
  readonly ledgerKey: LedgerKey;
  readonly clientToken: string;
  /** The kind of open contact that the call adds to, where its API makes more than one kind. */
  readonly channel?: string;
}
