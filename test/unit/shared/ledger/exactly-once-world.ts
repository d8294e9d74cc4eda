import type { Lane } from "#shared/contract/queue-name.ts";
import type { LedgerItem } from "#shared/ledger/ledger-item.ts";
import { MOST_AGE_OF_JOBS_MS } from "#shared/worker/most-age-of-jobs-ms.ts";
import type { CallAnswer, Connect } from "#shared/worker/ports/connect.ts";
import { refusal } from "#test/support/a-worker.ts";
import { ManualClock } from "#test/support/manual-clock.ts";
import {
  type ConnectFor,
  type DeadLetterSeen,
  DeliveryWorld,
  type Draw,
  TOKEN_WINDOW_MS,
  VISIBILITY_MS,
} from "./delivery-world.ts";

/** What the model of Connect may do with a call. */
const ANSWERS = [
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
export type ConnectAnswer = (typeof ANSWERS)[number];

/** What Connect does with a token that it knows. */
export type RepeatedToken = "same-contact" | "idempotency-exception";

/**
 * The world of a request that takes one call, with a model of Connect. Between a call's effect and its answer there is a
 * step of its own, so that a process can die in between.
 */
export class ExactlyOnceWorld {
  readonly #world: DeliveryWorld;
  readonly #clock = new ManualClock();
  readonly #repeatedToken: RepeatedToken;
  readonly #tokens = new Map<string, { contactId: string; atMs: number }>();
  #contacts = 0;
  #nextAnswers: ConnectAnswer[] = [];

  constructor(requests: readonly object[], repeatedToken: RepeatedToken, lane: Lane = "live") {
    this.#repeatedToken = repeatedToken;
    this.#world = new DeliveryWorld(requests, {
      operation: "CreateContact",
      clock: this.#clock,
      contacts: () => this.#contacts,
      connectFor: (process) => this.#connectFor(process),
      lane,
    });
  }

  get contacts(): number {
    return this.#contacts;
  }

  get item(): LedgerItem | undefined {
    return this.#world.store.items()[0];
  }

  get letters(): readonly DeadLetterSeen[] {
    return this.#world.letters;
  }

  get violations(): readonly string[] {
    return this.#world.violations;
  }

  /** The messages that are gone without a trace: neither is there a contact, nor a dead letter for them. */
  get lost(): readonly string[] {
    return this.item?.state === "started" ? [] : this.#world.goneWithoutLetter;
  }

  get isCancelled(): boolean {
    return this.item?.state === "failed" && this.item.failure.kind === "cancelled";
  }

  /** One step, decided by `draw`. */
  async step(draw: Draw): Promise<void> {
    await this.#world.step(draw);
  }

  /** Lets everything end without further trouble; Connect gives these answers first. */
  async drain(answers: readonly ConnectAnswer[] = []): Promise<void> {
    this.#nextAnswers = [...answers];
    await this.#world.drain();
  }

  /** An operator redrives a dead letter: the same body in a new message. */
  send(request: object): void {
    this.#world.send(request);
  }

  /** Somebody cancels the backfill that the requests are rows of. */
  cancel(): void {
    this.#world.cancelledAtMs ??= this.#clock.now();
  }

  advance(byMs: number): void {
    this.#world.advance(byMs);
  }

  #connectFor({ turn, draw }: Parameters<ConnectFor>[0]): Connect {
    return {
      call: async ({ input: { ClientToken } }) => {
        const { cancelledAtMs = Number.POSITIVE_INFINITY, violations } = this.#world;
        if (this.#clock.now() >= cancelledAtMs + MOST_AGE_OF_JOBS_MS) violations.push("called after the cancel held");
        await turn();
        const drawn = ANSWERS[draw(ANSWERS.length)] ?? "ok";
        const answer = this.#call(ClientToken, this.#nextAnswers.shift() ?? drawn);
        await turn();
        return answer;
      },
      stop: async () => {
        throw new Error("Nothing is to be ended.");
      },
    };
  }

  /** The model of Connect: a token is known for as long as the ledger relies on it, and not a moment longer. */
  #call(token: string, answer: ConnectAnswer): CallAnswer {
    const refused = REFUSALS[answer];
    if (refused !== undefined) return refused;
    const known = this.#tokens.get(token);
    const isKnown = known !== undefined && this.#clock.now() - known.atMs < TOKEN_WINDOW_MS + VISIBILITY_MS;
    if (isKnown && this.#repeatedToken === "idempotency-exception") return refusal("IdempotencyException", 409);
    const contactId = isKnown ? known.contactId : this.#newContact(token);
    if (answer === "lost-after") return refusal("ECONNRESET");
    if (answer === "500-after") return refusal("InternalServiceException", 500);
    return { kind: "started", contactId };
  }

  #newContact(token: string): string {
    this.#contacts += 1;
    const contactId = `contact-${this.#contacts}`;
    this.#tokens.set(token, { contactId, atMs: this.#clock.now() });
    if (this.#contacts > 1) this.#world.violations.push(`${this.#contacts} contacts for one request`);
    return contactId;
  }
}

const REFUSALS: Readonly<Partial<Record<ConnectAnswer, CallAnswer>>> = {
  "lost-before": refusal("TimeoutError"),
  "500-before": refusal("InternalServiceException", 500),
  "400": refusal("InvalidRequestException", 400),
  "402": refusal("ServiceQuotaExceededException", 402),
  "403": refusal("AccessDeniedException", 403),
  "429": refusal("ThrottlingException", 429),
  conflict: refusal("ConflictException", 409),
};
