import type { LedgerItem } from "#shared/ledger/ledger-item.ts";
import type { LedgerKey, LedgerStore } from "#shared/worker/ports/ledger-store.ts";

/** A ledger store in memory, with the conditional write of the real one. */
export class MemoryLedgerStore implements LedgerStore {
  readonly #items = new Map<string, LedgerItem>();

  async read(key: LedgerKey): Promise<LedgerItem | undefined> {
    return this.#items.get(nameOf(key));
  }

  async write(key: LedgerKey, item: LedgerItem): Promise<boolean> {
    const stored = this.#items.get(nameOf(key));
    if ((stored?.version ?? 0) !== item.version - 1) return false;
    this.#items.set(nameOf(key), item);
    return true;
  }

  items(): readonly LedgerItem[] {
    return [...this.#items.values()];
  }

  /** Where an item is kept. */
  keyOf(item: LedgerItem): LedgerKey {
    const name = [...this.#items].find(([, each]) => each === item)?.[0];
    if (name === undefined) throw new Error("There is no such item.");
    return keyIn(name);
  }

  /** The items by their operations, or the steps of one. */
  byOperation(): Readonly<Record<string, LedgerItem>> {
    return Object.fromEntries([...this.#items].map(([name, item]) => [keyIn(name).operation, item]));
  }
}

const nameOf = ({ instanceId, operation, requestId }: LedgerKey) => JSON.stringify([instanceId, operation, requestId]);

function keyIn(name: string): LedgerKey {
  const [instanceId, operation, requestId]: string[] = JSON.parse(name);
  return { instanceId: String(instanceId), operation: String(operation), requestId: String(requestId) };
}
