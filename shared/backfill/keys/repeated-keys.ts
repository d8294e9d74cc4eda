import { HashSet } from "./hash-set.ts";
import { type KeyHash, keyHash } from "./key-hash.ts";

/**
 * Which keys may come twice: hashes of all keys are kept, and apart from them those that have come twice. Two keys may have one
 * hash, so a second look at the real keys decides.
 */
export class RepeatedKeys {
  readonly #seen = new HashSet();
  readonly #repeated = new HashSet();
  readonly #hash: (key: string) => KeyHash;

  /** `hash` is given by tests, which cannot wait for a collision of 64 bits. */
  constructor(hash: (key: string) => KeyHash = keyHash) {
    this.#hash = hash;
  }

  add(key: string): void {
    const hash = this.#hash(key);
    if (!this.#seen.add(hash)) this.#repeated.add(hash);
  }

  /** How many hashes have come twice. */
  get count(): number {
    return this.#repeated.size;
  }

  /** The part of `parts` that a key which may come twice belongs to, from 0; undefined for a key that comes once. */
  partOf(key: string, parts: number): number | undefined {
    const hash = this.#hash(key);
    return this.#repeated.has(hash) ? hash.high % parts : undefined;
  }
}
