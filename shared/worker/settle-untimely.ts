import type { Disposition } from "./disposition.ts";
import { untimelyEnd } from "./untimely-end.ts";
import type { StepWork } from "./work.ts";

/** What becomes of a message that must not be sent any more, or not yet; nothing if its call may be made now. */
export async function settleUntimely(work: StepWork): Promise<Disposition | undefined> {
  const close = await untimelyEnd(work);
  return await close?.();
}
