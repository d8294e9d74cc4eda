/** How long calls are held back while too many contacts are open. */
export interface PauseSettings {
  /** The first pause; each following one is twice as long, at most `maxMs`. */
  readonly firstMs: number;
  readonly maxMs: number;
  /** After so long without room, pauses of `longMs`. */
  readonly longAfterMs: number;
  readonly longMs: number;
  /** How long one call may take to find out whether there is room again, before another may try. */
  readonly probeLeaseMs: number;
}

/** Calls are held back until `untilMs`; then one call probes. */
export interface Pause {
  readonly sinceMs: number;
  readonly untilMs: number;
  readonly count: number;
  /** A probe is out, and nobody else may call until then. */
  readonly probeUntilMs?: number;
}

/** What a pause says to somebody who wants to call now. */
export type Gate =
  | { readonly kind: "open" }
  | { readonly kind: "probe" }
  | { readonly kind: "closed"; readonly untilMs: number };

export function gate(pause: Pause | undefined, nowMs: number): Gate {
  if (pause === undefined) return { kind: "open" };
  const untilMs = Math.max(pause.untilMs, pause.probeUntilMs ?? 0);
  return nowMs < untilMs ? { kind: "closed", untilMs } : { kind: "probe" };
}

/** The pause with its probe sent out. */
export const withProbe = (pause: Pause, nowMs: number, settings: PauseSettings): Pause => ({
  ...pause,
  probeUntilMs: nowMs + settings.probeLeaseMs,
});

/** The pause whose probe came back without having learned anything: the next one may try. */
export const withoutProbe = ({ sinceMs, untilMs, count }: Pause): Pause => ({ sinceMs, untilMs, count });

/**
 * The pause after one more refusal. While a pause runs, refusals of calls that left before it lengthen nothing.
 */
export function afterRefusal(pause: Pause | undefined, nowMs: number, settings: PauseSettings): Pause {
  if (pause !== undefined && nowMs < pause.untilMs) return pause;
  const sinceMs = pause?.sinceMs ?? nowMs;
  const count = (pause?.count ?? 0) + 1;
  const long = nowMs - sinceMs >= settings.longAfterMs;
  const lengthMs = long ? settings.longMs : Math.min(settings.firstMs * 2 ** Math.min(count - 1, 30), settings.maxMs);
  return { sinceMs, untilMs: nowMs + lengthMs, count };
}
