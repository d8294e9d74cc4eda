import type { Disposition } from "./disposition.ts";

/** What a slot led to: the message's fate is known, or the call is to be made once more in this delivery. */
export type CallEnd =
  | { readonly kind: "settled"; readonly disposition: Disposition }
  /** If no slot comes in time, the message goes back for so long. */
  | { readonly kind: "again"; readonly delayWithoutSlotMs: number };

export const settled = (disposition: Disposition): CallEnd => ({ kind: "settled", disposition });
