import type { Slot } from "../rate-limiter/slot.ts";
import { delayOfUntouched } from "./delay-of-untouched.ts";
import type { Disposition } from "./disposition.ts";
import { giveBack } from "./give-back.ts";
import { isLate } from "./is-late.ts";
import { type PacedCall, slotRequestFor } from "./slot-request-for.ts";
import type { AcceptedWork } from "./work.ts";

export type SlotTaken =
  /** Its moment is now. */
  | { readonly kind: "granted"; readonly slot: Slot }
  /** There is none for this delivery: the message goes back. */
  | { readonly kind: "settled"; readonly disposition: Disposition };

/** Waits for leave to make a call. `delayWithoutSlotMs`: for how long the message goes back where no slot comes in time. */
export async function takeSlot(
  work: AcceptedWork,
  call: PacedCall,
  delayWithoutSlotMs = delayOfUntouched(work),
): Promise<SlotTaken> {
  const { clock, rateLimiter } = work.worker;
  const settled = (delayMs: number): SlotTaken => ({ kind: "settled", disposition: giveBack(work, delayMs) });

  const answer = await rateLimiter.takeSlot(slotRequestFor(work, call));
  if (answer.kind === "none-in-time") return settled(delayWithoutSlotMs);
  if (answer.kind === "paused") return settled(Math.max(0, answer.untilMs - clock.now()));
  if (!isLate(work, answer.slot)) return answer;
  rateLimiter.report(answer.slot, "unused");
  return settled(0);
}
