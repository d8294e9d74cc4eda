import type { SlotOfEra } from "./bucket-view.ts";

/** The slots that this process has and has not used, by their moments. */
export class SlotsInHand {
  #slots: readonly SlotOfEra[] = [];
  readonly #kept = new WeakSet<SlotOfEra>();

  get size(): number {
    return this.#slots.length;
  }

  get first(): SlotOfEra | undefined {
    return this.#slots[0];
  }

  add(slots: readonly SlotOfEra[]): void {
    this.#slots = [...this.#slots, ...slots].toSorted((one, other) => one.atMs - other.atMs);
  }

  remove(slots: readonly SlotOfEra[]): void {
    this.#slots = this.#slots.filter((slot) => !slots.includes(slot));
  }

  /**
   * Drops the slots of another era, and those whose moment is over. One interval after its position a slot still meets
   * no more calls than the one token that the limiter does not plan with makes room for.
   */
  keepUsable(era: string, nowMs: number): void {
    this.#slots = this.#slots.filter((slot) => slot.era === era && nowMs <= slot.positionMs + slot.intervalMs);
  }

  /** What is left beyond the first so many, without what is kept for good. */
  spare(wanted: number): readonly SlotOfEra[] {
    return this.#slots.slice(wanted).filter((slot) => !this.#kept.has(slot));
  }

  /** These cannot be given back: they stay until they are wanted or not usable any more. */
  keep(slots: readonly SlotOfEra[]): void {
    for (const slot of slots) this.#kept.add(slot);
  }
}
