/** What a step has done: something, so that all must be looked at again, or nothing before a moment. */
export type Step = { readonly kind: "done" } | { readonly kind: "idle"; readonly untilMs: number };

export const DONE: Step = { kind: "done" };

export const idleUntil = (untilMs: number): Step => ({ kind: "idle", untilMs });

export const NOTHING_TO_DO = idleUntil(Number.POSITIVE_INFINITY);
