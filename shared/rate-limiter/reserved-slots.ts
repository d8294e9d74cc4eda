import { wholeMicroseconds } from "./gcra.ts";
import type { Reservation } from "./plan-reservation.ts";

/**
 * A reserved slot. Invariant of a bucket: positions are at least an interval apart, and each slot's moment is at most the
 * tolerance before its position and not after it. So no window of t holds more than burst + rate · t of those moments; the
 * calls themselves leave as much later as their process is late.
 */
export interface ReservedSlot {
  readonly atMs: number;
  readonly positionMs: number;
  /** Up to the position of the slot after it. */
  readonly intervalMs: number;
}

/** The slots of a reservation that was made, by the theoretical arrival time after it. In order. */
export function reservedSlots({ count, terms, nowMs }: Reservation, theoreticalMs: number): readonly ReservedSlot[] {
  return Array.from({ length: count }, (_, index) => {
    const positionMs = wholeMicroseconds(theoreticalMs - (count - index) * terms.intervalMs);
    return { positionMs, intervalMs: terms.intervalMs, atMs: Math.max(nowMs, positionMs - terms.toleranceMs) };
  });
}

/**
 * Where the bucket may be turned back to if these slots are not used: only the last ones that were given out can be
 * given out again, since positions in front of somebody else's slot belong to a past that is already planned.
 */
export function turnedBack(theoreticalMs: number, unused: readonly ReservedSlot[]): number {
  const last = unused.find(
    ({ positionMs, intervalMs }) => wholeMicroseconds(positionMs + intervalMs) === theoreticalMs,
  );
  return last === undefined ? theoreticalMs : turnedBack(last.positionMs, unused);
}
