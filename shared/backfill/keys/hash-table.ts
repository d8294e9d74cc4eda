import type { KeyHash } from "./key-hash.ts";

const FIRST_SLOTS = 64;

/** More would make the ways to a free slot long. */
const MOST_LOAD = 0.7;

/** A set of 64-bit hashes that takes 8 bytes for each slot, and no object for each hash. */
export class HashTable {
  /** Two numbers a slot; both zero where it is free. */
  #slots = new Uint32Array(2 * FIRST_SLOTS);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  has(hash: KeyHash): boolean {
    return !this.#isFree(this.#slotOf(hash));
  }

  /** Whether it was not in the set before. */
  add(hash: KeyHash): boolean {
    const slot = this.#slotOf(hash);
    if (!this.#isFree(slot)) return false;
    this.#slots[slot] = hash.high;
    this.#slots[slot + 1] = hash.low;
    this.#size += 1;
    if (this.#size > (MOST_LOAD * this.#slots.length) / 2) this.#grow();
    return true;
  }

  #isFree(slot: number): boolean {
    return this.#slots[slot] === 0 && this.#slots[slot + 1] === 0;
  }

  /** Where the hash is, or would be put: the first free slot from its own on. */
  #slotOf({ high, low }: KeyHash): number {
    const last = this.#slots.length - 2;
    let slot = (2 * low) & last;
    while (!this.#isFree(slot) && (this.#slots[slot] !== high || this.#slots[slot + 1] !== low))
      slot = (slot + 2) & last;
    return slot;
  }

  #grow(): void {
    const slots = this.#slots;
    this.#slots = new Uint32Array(2 * slots.length);
    this.#size = 0;
    for (let slot = 0; slot < slots.length; slot += 2) {
      const [high = 0, low = 0] = [slots[slot], slots[slot + 1]];
      if (high !== 0 || low !== 0) this.add({ high, low });
    }
  }
}
