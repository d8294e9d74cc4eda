import { callAtSlot } from "./call-at-slot.ts";
import { type StepEnd, settled } from "./step-end.ts";
import { takeSlot } from "./take-slot.ts";
import type { StepWork } from "./work.ts";

/** Calls Connect for one step at the pace of the quota, at most twice in this delivery. */
export async function callConnect(work: StepWork): Promise<StepEnd> {
  let delayWithoutSlotMs: number | undefined;
  for (let calls = 1; ; calls += 1) {
    const taken = await takeSlot(work, work.step, delayWithoutSlotMs);
    if (taken.kind === "settled") return settled(taken.disposition);

    const end = await callAtSlot(work, { slot: taken.slot, calls });
    if (end.kind !== "again") return end;
    delayWithoutSlotMs = end.delayWithoutSlotMs;
  }
}
