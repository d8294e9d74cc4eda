import type { StepEnd } from "./step-end.ts";

/** What a slot led to: the step has ended, or its call is to be made once more in this delivery. */
export type CallEnd =
  | StepEnd
  /** If no slot comes in time, the message goes back for so long. */
  | { readonly kind: "again"; readonly delayWithoutSlotMs: number };
