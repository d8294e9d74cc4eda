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

  /** Whether no key of this hash was added before, and so not this one either. */
  add(key: string): boolean {
    const hash = this.#hash(key);
    const isNew = this.#seen.add(hash);
    if (!isNew) this.#repeated.add(hash);
    return isNew;
  }

  /** How many hashes have come twice. */
  get count(): number {
    return this.#repeated.size;
  }

  /** The hash of a key that may come twice; undefined for a key that comes once. */
  repeatedHash(key: string): KeyHash | undefined {
    const hash = this.#hash(key);
    return this.#repeated.has(hash) ? hash : undefined;
  }
}
