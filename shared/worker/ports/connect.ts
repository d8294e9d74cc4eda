import type { CallFailure } from "../../failures/call-failure.ts";
import type { ConnectCall } from "../connect-call.ts";

/** Amazon Connect. Makes each call once, without retries of its own, and never rejects for what Connect or the wire does. */
export interface Connect {
  /** Makes a contact, or sends on one. */
  call(call: ConnectCall, timeoutMs: number): Promise<CallAnswer>;
  /** Ends a contact. */
  stop(contact: ContactPlace, timeoutMs: number): Promise<StopAnswer>;
}

export interface ContactPlace {
  readonly instanceId: string;
  readonly contactId: string;
}

export type CallAnswer =
  | { readonly kind: "started"; readonly contactId: string }
  | { readonly kind: "failed"; readonly failure: CallFailure };

export type StopAnswer = { readonly kind: "ended" } | { readonly kind: "failed"; readonly failure: CallFailure };
