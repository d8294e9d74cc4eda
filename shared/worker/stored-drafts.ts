import type { Clock } from "../clock.ts";
import type { LedgerItem, StartedItem } from "../ledger/ledger-item.ts";
import type { Drafts } from "./ports/drafts.ts";
import type { LedgerKey, LedgerStore } from "./ports/ledger-store.ts";

/** Nobody writes to the item of a draft that was made but those who end it. */
const MOST_TRIES = 10;

/** The drafts in the ledger's store: the items under which they were made. */
export class StoredDrafts implements Drafts {
  readonly #store: LedgerStore;
  readonly #clock: Clock;

  constructor(store: LedgerStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  async contactOf(draft: LedgerKey): Promise<string | undefined> {
    const item = await this.#store.read(draft);
    return isToBeEnded(item) ? item.contactId : undefined;
  }

  async markEnded(draft: LedgerKey): Promise<void> {
    for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
      const item = await this.#store.read(draft);
      if (!isToBeEnded(item)) return;
      const ended = { ...item, version: item.version + 1, endedAtMs: this.#clock.now() };
      if (await this.#store.write(draft, ended)) return;
    }
    throw new Error("The ledger's item changed under every try to mark a draft as ended.");
  }
}

const isToBeEnded = (item: LedgerItem | undefined): item is StartedItem =>
  item?.state === "started" && item.endedAtMs === undefined;
