import type { ConnectCall } from "#shared/worker/connect-call.ts";
import type { CallAnswer, StopAnswer } from "#shared/worker/ports/connect.ts";
import { refusal } from "#test/support/a-worker.ts";

/** What the model may do with a call. The first one is what it does without trouble. */
export const CALL_ANSWERS = [
  "ok",
  "ok",
  "lost-after",
  "lost-before",
  "500-after",
  "500-before",
  "400",
  "402",
  "403",
  "429",
  "conflict",
] as const;
export type Trouble = (typeof CALL_ANSWERS)[number] | "404";

export type RepeatedToken = "same-contact" | "idempotency-exception";

export interface EmailContact {
  readonly contactId: string;
  ended: boolean;
  /** E-mails that customers got on it. */
  sent: number;
}

interface Use {
  readonly call: ConnectCall;
  readonly contactId: string;
  readonly atMs: number;
}

interface ModelOptions {
  readonly now: () => number;
  /** A token is known for so long, and not a moment longer. */
  readonly tokenKnownMs: number;
  readonly repeatedToken: RepeatedToken;
}

/** The drafts of Amazon Connect, and what is sent on them. It sends on a draft as often as it is asked to. */
export class ConnectModel {
  readonly contacts: EmailContact[] = [];
  readonly violations: string[] = [];
  readonly #uses = new Map<string, Use>();
  readonly #options: ModelOptions;

  constructor(options: ModelOptions) {
    this.#options = options;
  }

  get emails(): number {
    return this.contacts.reduce((sum, { sent }) => sum + sent, 0);
  }

  /** The drafts that take a place among the open e-mails for nothing. */
  get orphans(): readonly EmailContact[] {
    return this.contacts.filter(({ ended, sent }) => !ended && sent === 0);
  }

  call(call: ConnectCall, trouble: Trouble): CallAnswer {
    const refused = REFUSALS[trouble];
    if (refused !== undefined) return refused;
    const answer = this.#answer(call);
    if (answer.kind === "failed") return answer;
    if (trouble === "lost-after") return refusal("ECONNRESET");
    return trouble === "500-after" ? refusal("InternalServiceException", 500) : answer;
  }

  /** Whoever ends a contact twice has forgotten that he did: no harm is done. */
  stop(contactId: string, trouble: Trouble): StopAnswer {
    const refused = REFUSALS[trouble];
    if (refused !== undefined) return refused;
    const contact = this.contacts.find((each) => each.contactId === contactId);
    if (contact === undefined) return refusal("ResourceNotFoundException", 404);
    if (contact.sent > 0) this.violations.push("a contact was ended on which an e-mail had been sent");
    contact.ended = true;
    if (trouble === "lost-after") return refusal("ECONNRESET");
    return trouble === "500-after" ? refusal("InternalServiceException", 500) : { kind: "ended" };
  }

  #answer(call: ConnectCall): CallAnswer {
    const { ClientToken } = call.input;
    const before = this.#uses.get(ClientToken);
    if (before !== undefined && this.#options.now() - before.atMs < this.#options.tokenKnownMs) {
      const isSame = JSON.stringify(before.call) === JSON.stringify(call);
      const isTaken = isSame && this.#options.repeatedToken === "same-contact";
      return isTaken ? { kind: "started", contactId: before.contactId } : refusal("IdempotencyException", 409);
    }
    const contactId = call.api === "CreateContact" ? this.#create() : this.#send(call);
    if (contactId === undefined) return refusal("InvalidRequestException", 400);
    this.#uses.set(ClientToken, { call, contactId, atMs: this.#options.now() });
    return { kind: "started", contactId };
  }

  #create(): string {
    const contactId = `draft-${this.contacts.length + 1}`;
    this.contacts.push({ contactId, ended: false, sent: 0 });
    return contactId;
  }

  #send(call: ConnectCall): string | undefined {
    if (call.api !== "StartOutboundEmailContact") throw new Error(`An outbound e-mail does not call ${call.api}.`);
    const contact = this.contacts.find(({ contactId }) => contactId === call.input.ContactId);
    if (contact === undefined || contact.ended) return undefined;
    contact.sent += 1;
    if (this.emails > 1) this.violations.push(`${this.emails} e-mails for one request`);
    return contact.contactId;
  }
}

const REFUSALS: Readonly<Partial<Record<Trouble, CallAnswer & { readonly kind: "failed" }>>> = {
  "lost-before": refusal("TimeoutError"),
  "500-before": refusal("InternalServiceException", 500),
  "400": refusal("InvalidRequestException", 400),
  "404": refusal("ResourceNotFoundException", 404),
  "402": refusal("ServiceQuotaExceededException", 402),
  "403": refusal("AccessDeniedException", 403),
  "429": refusal("ThrottlingException", 429),
  conflict: refusal("ConflictException", 409),
};
