/** What becomes of a message after its delivery. */
export type Disposition =
  | { readonly kind: "acknowledge" }
  /** Back to the queue, visible again after the delay. */
  | { readonly kind: "return"; readonly delayMs: number };

export const ACKNOWLEDGE: Disposition = { kind: "acknowledge" };

export const returned = (delayMs: number): Disposition => ({ kind: "return", delayMs });
