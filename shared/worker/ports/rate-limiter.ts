import type { Slot, SlotAnswer, SlotReport, SlotRequest } from "../../rate-limiter/slot.ts";

/** The pace at which calls leave for Connect. No call, a retry included, leaves without a slot. */
export interface RateLimiter {
  /** Waits for a slot, and resolves at its moment. */
  takeSlot(request: SlotRequest): Promise<SlotAnswer>;
  /**
   * Until when a pause holds such a call back (epoch milliseconds); nothing where none does. For what should not be begun
   * while what must follow it is paused.
   */
  pausedUntil(request: SlotRequest): Promise<number | undefined>;
  /** Tells what became of a slot. Every slot that was granted is reported once. */
  report(slot: Slot, report: SlotReport): void;
}
