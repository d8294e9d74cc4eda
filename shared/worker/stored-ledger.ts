import type { Clock } from "../clock.ts";
import type { ConnectApi } from "../contract/operation.ts";
import { beginAttempt } from "../ledger/begin-attempt.ts";
import type { Claim } from "../ledger/claim.ts";
import { type Ending, finishAttempt } from "../ledger/finish-attempt.ts";
import type { LedgerItem } from "../ledger/ledger-item.ts";
import type { Attempt, AttemptOutcome, Standing } from "../ledger/standing.ts";
import { historyOf, standingOf } from "../ledger/standing-of.ts";
import type { Delivery } from "./delivery.ts";
import type { Begun, Finished, Ledger, LedgerEntry } from "./ports/ledger.ts";
import type { LedgerStore } from "./ports/ledger-store.ts";

export interface StoredLedgerOptions {
  readonly clock: Clock;
  /** How long Connect knows a repeated client token of an API. */
  readonly tokenWindowMs: (api: ConnectApi) => number;
  /** A name for an attempt that no other attempt has. */
  readonly newAttemptId: () => string;
}

/** A conditional write fails only when another delivery of the request was faster; each such delivery ends. */
const MOST_TRIES = 10;

/** The ledger over a store of versioned items: every rule is in shared/ledger, here is only who writes what when. */
export class StoredLedger implements Ledger {
  readonly #store: LedgerStore;
  readonly #options: StoredLedgerOptions;
  /** The items as a delivery has seen them last, by their operations, so that begin needs no read of its own. */
  readonly #seen = new WeakMap<Delivery, Map<string, LedgerItem | undefined>>();

  constructor(store: LedgerStore, options: StoredLedgerOptions) {
    this.#store = store;
    this.#options = options;
  }

  async lookUp(entry: LedgerEntry): Promise<Standing> {
    const item = await this.#read(entry);
    return standingOf(item, this.#claimOf(entry), this.#options.clock.now());
  }

  async begin(entry: LedgerEntry, leaseUntilMs: number): Promise<Begun> {
    const attemptId = this.#options.newAttemptId();
    let item = await this.#lastSeen(entry);
    for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
      const lease = { attemptId, sinceMs: this.#options.clock.now(), untilMs: leaseUntilMs };
      const begun = beginAttempt(item, this.#claimOf(entry), lease);
      if (!begun.ok) return { kind: "not-begun", standing: begun.error };
      if (await this.#write(entry, begun.value.item)) return { kind: "begun", attempt: begun.value.attempt };
      item = await this.#read(entry);
      // The write was made after all, and only its answer was lost.
      if (item?.state === "open" && item.lease?.attemptId === attemptId) {
        return { kind: "begun", attempt: begun.value.attempt };
      }
    }
    throw new Error("The ledger's item changed under every try to begin an attempt.");
  }

  async finish(entry: LedgerEntry, outcome: AttemptOutcome, attempt?: Attempt): Promise<Finished> {
    const ending: Ending = {
      outcome,
      atMs: this.#options.clock.now(),
      ...(attempt !== undefined && { attemptId: attempt.id }),
    };
    let item = await this.#lastSeen(entry);
    for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
      const finish = finishAttempt(item, this.#claimOf(entry), ending);
      if (finish.kind === "superseded") return finish;
      const done = finish.kind === "written" || (await this.#write(entry, finish.item));
      if (done) return { kind: "recorded", history: historyOf(finish.item, ending.atMs) };
      item = await this.#read(entry);
    }
    throw new Error("The ledger's item changed under every try to finish an attempt.");
  }

  async #lastSeen(entry: LedgerEntry): Promise<LedgerItem | undefined> {
    const seen = this.#seen.get(entry.delivery);
    const { operation } = entry.step.ledgerKey;
    return seen?.has(operation) === true ? seen.get(operation) : await this.#read(entry);
  }

  async #read(entry: LedgerEntry): Promise<LedgerItem | undefined> {
    const item = await this.#store.read(entry.step.ledgerKey);
    this.#see(entry, item);
    return item;
  }

  async #write(entry: LedgerEntry, item: LedgerItem): Promise<boolean> {
    const written = await this.#store.write(entry.step.ledgerKey, item);
    if (written) this.#see(entry, item);
    return written;
  }

  #see({ delivery, step }: LedgerEntry, item: LedgerItem | undefined): void {
    const seen = this.#seen.get(delivery) ?? new Map<string, LedgerItem | undefined>();
    this.#seen.set(delivery, seen.set(step.ledgerKey.operation, item));
  }

  #claimOf({ accepted, delivery, step }: LedgerEntry): Claim {
    return {
      messageId: delivery.messageId,
      contentHash: accepted.contentHash,
      tokenWindowMs: this.#options.tokenWindowMs(step.api),
      ...(step.makes === "email" && { drafts: step.draft === undefined ? {} : { inHand: step.draft.number } }),
    };
  }
}
