import { type SeededRandom, seededRandom } from "../connect-emulator/seeded-random.ts";

/** What goes wrong on purpose. Probabilities from 0 to 1. */
export interface EventBridgeFaultSettings {
  /** Of an entry of PutEvents to be answered with InternalFailure, and not be put. */
  readonly failedEntries: number;
  /** Of an event to be delivered to a target twice: a bus promises at least once. */
  readonly repeatedDeliveries: number;
}

const NONE: EventBridgeFaultSettings = { failedEntries: 0, repeatedDeliveries: 0 };

/** Strikes by seeded chance, each kind of fault with a stream of its own. */
export class EventBridgeFaults {
  #settings = NONE;
  readonly #entries: SeededRandom;
  readonly #deliveries: SeededRandom;

  constructor(seed: number) {
    this.#entries = seededRandom(seed, "failed entries of PutEvents");
    this.#deliveries = seededRandom(seed, "repeated deliveries of events");
  }

  /** Changes what is named and keeps the rest. Throws an error that names what is no probability. */
  update(changes: Partial<EventBridgeFaultSettings>): void {
    for (const [name, probability] of Object.entries(changes)) {
      if (name in NONE && probability >= 0 && probability <= 1) continue;
      throw new Error(`${name}: ${probability}. Faults are ${Object.keys(NONE).join(", ")}, each from 0 to 1.`);
    }
    this.#settings = { ...this.#settings, ...changes };
  }

  entryFails(): boolean {
    return this.#entries() < this.#settings.failedEntries;
  }

  deliveryRepeats(): boolean {
    return this.#deliveries() < this.#settings.repeatedDeliveries;
  }
}
