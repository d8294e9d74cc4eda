import type { Slot } from "../rate-limiter/slot.ts";

/** A slot whose moment is now, and what went before it. */
export interface SlotInHand {
  readonly slot: Slot;
  /** Calls made in this delivery, the one of this slot included. */
  readonly calls: number;
}
