import { HashTable } from "./hash-table.ts";
import type { KeyHash } from "./key-hash.ts";

const TABLES = 64;

/**
 * A large set of 64-bit hashes: about 16 MiB for a million. It is one of many tables, since one that grows is there twice for a moment.
 */
export class HashSet {
  readonly #tables = Array.from({ length: TABLES }, () => new HashTable());

  get size(): number {
    return this.#tables.reduce((sum, { size }) => sum + size, 0);
  }

  has(hash: KeyHash): boolean {
    return this.#tableOf(hash).has(hash);
  }

  /** Whether it was not in the set before. */
  add(hash: KeyHash): boolean {
    return this.#tableOf(hash).add(hash);
  }

  #tableOf({ high }: KeyHash): HashTable {
    const table = this.#tables[high % TABLES];
    if (table === undefined) throw new RangeError("A hash is made of unsigned numbers.");
    return table;
  }
}
