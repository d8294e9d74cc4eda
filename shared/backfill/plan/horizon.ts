const DAY_MS = 86_400_000;

/** How far ahead a plan looks. Queues keep messages 14 days: what ends later ends too late in any case. */
export const HORIZON_DAYS = 30;

export const horizonMs = (nowMs: number): number => nowMs + HORIZON_DAYS * DAY_MS;
