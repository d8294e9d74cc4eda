import type { LedgerItem } from "#shared/ledger/ledger-item.ts";
import type { Connect } from "#shared/worker/ports/connect.ts";
import { ManualClock } from "#test/support/manual-clock.ts";
import {
  type ConnectFor,
  type DeadLetterSeen,
  DeliveryWorld,
  type Draw,
  TOKEN_WINDOW_MS,
  VISIBILITY_MS,
} from "../../ledger/delivery-world.ts";
import { CALL_ANSWERS, ConnectModel, type RepeatedToken, type Trouble } from "./connect-model.ts";

const SENDING = "OutboundEmail/StartOutboundEmailContact";
const DRAFT = "OutboundEmail/CreateContact";

/**
 * The world of one outbound e-mail. Between the effect of a call and its answer there is a step of its own, so that a
 * process can die in between: while it makes its draft, sends on it, or ends it.
 */
export class OutboundEmailWorld {
  readonly connect: ConnectModel;
  readonly calls: string[] = [];
  readonly #world: DeliveryWorld;
  readonly #clock = new ManualClock();
  readonly #nextTroubles: Trouble[] = [];

  constructor(requests: readonly object[], repeatedToken: RepeatedToken = "same-contact") {
    const tokenKnownMs = TOKEN_WINDOW_MS + VISIBILITY_MS;
    this.connect = new ConnectModel({ now: () => this.#clock.now(), tokenKnownMs, repeatedToken });
    this.#world = new DeliveryWorld(requests, {
      operation: "OutboundEmail",
      clock: this.#clock,
      contacts: () => this.connect.emails,
      connectFor: (process) => this.#connectFor(process),
    });
  }

  get letters(): readonly DeadLetterSeen[] {
    return this.#world.letters;
  }

  get codes(): readonly string[] {
    return this.letters.map(({ code }) => code);
  }

  get violations(): readonly string[] {
    return [...this.#world.violations, ...this.connect.violations];
  }

  get lost(): readonly string[] {
    return this.sending?.state === "started" ? [] : this.#world.goneWithoutLetter;
  }

  get sending(): LedgerItem | undefined {
    return this.#items[SENDING];
  }

  get drafts(): readonly LedgerItem[] {
    return Object.entries(this.#items).flatMap(([name, item]) => (name === SENDING ? [] : [item]));
  }

  get isInDoubt(): boolean {
    return Object.values(this.#items).some(
      (item) => item.doubtSinceMs !== undefined || (item.state === "open" && item.lease !== undefined),
    );
  }

  /** What a customer's e-mail hangs on: the contact of the draft that the ledger would send on. */
  get draftInForce(): string | undefined {
    const number = this.sending?.draft ?? 1;
    const item = this.#items[number === 1 ? DRAFT : `${DRAFT}/${number}`];
    return item?.state === "started" ? item.contactId : undefined;
  }

  /** The drafts of which the log says that somebody must end them by hand. */
  get namedAsLeft(): readonly (string | undefined)[] {
    const told = this.#world.notes.filter(({ text }) => text === "Draft could not be ended");
    return told.map(({ contactId }) => contactId);
  }

  async step(draw: Draw): Promise<void> {
    await this.#world.step(draw);
  }

  /** Lets everything end without further trouble; Connect gives these answers first. */
  async drain(...troubles: readonly Trouble[]): Promise<void> {
    this.#nextTroubles.splice(0, this.#nextTroubles.length, ...troubles);
    await this.#world.drain();
  }

  send(request: object): void {
    this.#world.send(request);
  }

  advance(byMs: number): void {
    this.#world.advance(byMs);
  }

  /** An operator has looked, and accepts that the customer may get a second e-mail. */
  async acceptDuplicate(): Promise<void> {
    const item = this.sending;
    if (item === undefined) throw new Error("Nothing was tried to be sent.");
    const accepted = { ...item, version: item.version + 1, duplicateAccepted: true };
    await this.#world.store.write(this.#world.store.keyOf(item), accepted);
  }

  get #items(): Readonly<Record<string, LedgerItem>> {
    return this.#world.store.byOperation();
  }

  #connectFor({ turn, draw }: Parameters<ConnectFor>[0]): Connect {
    const trouble = (): Trouble => this.#nextTroubles.shift() ?? CALL_ANSWERS[draw(CALL_ANSWERS.length)] ?? "ok";
    return {
      call: async (call) => {
        await turn();
        this.calls.push(call.api);
        const answer = this.connect.call(call, trouble());
        await turn();
        return answer;
      },
      stop: async ({ contactId }) => {
        await turn();
        this.calls.push("StopContact");
        this.#mustNotBeInDoubt(contactId);
        const answer = this.connect.stop(contactId, trouble());
        await turn();
        return answer;
      },
    };
  }

  #mustNotBeInDoubt(contactId: string): void {
    const { sending } = this;
    if (contactId !== this.draftInForce || sending === undefined) return;
    if (sending.state === "failed" && sending.doubtSinceMs === undefined) return;
    this.#world.violations.push(`a draft was ended on which an e-mail may be sent (${sending.state})`);
  }
}
