import type { MadeContact } from "./contact-list.ts";

/** What a repeated token can do. AWS documents only the first, and only for StartOutboundChatContact. */
export const REPEATED_TOKEN = ["same-contact", "idempotency-exception", "new-contact-once-ended"] as const;

export type RepeatedToken = (typeof REPEATED_TOKEN)[number];

/** A call that carries a client token. `content` is the fingerprint of what it asks for. */
export interface TokenUse {
  readonly instanceId: string;
  readonly operation: string;
  readonly token: string;
  readonly content: string;
  readonly atMs: number;
}

export interface TokenTerms {
  readonly repeatedToken: RepeatedToken;
  /** How long after its contact was made a token is remembered. */
  readonly tokenWindowMs: number;
  isOpen(contact: MadeContact): boolean;
}

export type TokenVerdict =
  | { readonly kind: "new-contact" }
  | { readonly kind: "same-contact"; readonly contact: MadeContact }
  | { readonly kind: "conflict"; readonly message: string };

const NEW_CONTACT: TokenVerdict = { kind: "new-contact" };

/** The tokens that made contacts, each known by instance, operation and token. */
export class ClientTokens {
  readonly #uses = new Map<string, { readonly use: TokenUse; readonly contact: MadeContact }>();

  remember(use: TokenUse, contact: MadeContact): void {
    this.#uses.set(keyOf(use), { use, contact });
  }

  verdictOn(use: TokenUse, terms: TokenTerms): TokenVerdict {
    const first = this.#uses.get(keyOf(use));
    if (first === undefined || use.atMs - first.use.atMs >= terms.tokenWindowMs) return NEW_CONTACT;
    if (terms.repeatedToken === "new-contact-once-ended" && !terms.isOpen(first.contact)) return NEW_CONTACT;
    if (first.use.content !== use.content) {
      return { kind: "conflict", message: "The client token was used with other parameters" };
    }
    if (terms.repeatedToken === "idempotency-exception") {
      return { kind: "conflict", message: "The client token was used before" };
    }
    return { kind: "same-contact", contact: first.contact };
  }
}

const keyOf = ({ instanceId, operation, token }: TokenUse): string => JSON.stringify([instanceId, operation, token]);
