import { gateFor, type Pauses, pauseGroup } from "../../rate-limiter/pauses.ts";
import type { SlotAnswer, SlotRequest } from "../../rate-limiter/slot.ts";

/** Somebody who waits for a slot. */
export interface Asker {
  readonly request: SlotRequest;
  readonly askedAtMs: number;
  readonly resolve: (answer: SlotAnswer) => void;
  readonly reject: (bug: unknown) => void;
  /** Called for somebody who wants no slot but only to know of pauses, when none holds it back. */
  readonly pass?: () => void;
  /** Since when a pause holds it back. */
  heldSinceMs?: number | undefined;
}

/** Those who may have a slot, in the order in which they get one, and those who are held back. */
export interface Line {
  readonly ready: readonly Asker[];
  readonly held: readonly { readonly asker: Asker; readonly untilMs: number }[];
  /** Those who only want to know of pauses, and whom none holds back. */
  readonly passing: readonly Asker[];
  /** Somebody is ready whom no pause concerns. */
  readonly isMoving: boolean;
}

interface Circumstances {
  readonly pauses: Pauses;
  readonly nowMs: number;
  /** How long the others wait for what a probe finds out. */
  readonly probeLeaseMs: number;
}

/** Lines up those who wait: live before backfill, else in the order of asking, and one of each kind where a probe is due. */
export function lineUp(waiting: readonly Asker[], { pauses, nowMs, probeLeaseMs }: Circumstances): Line {
  const ready: Asker[] = [];
  const held: { asker: Asker; untilMs: number }[] = [];
  const passing: Asker[] = [];
  const probing = new Set<string>();
  let isMoving = false;
  for (const asker of inOrder(waiting)) {
    const gate = gateFor(pauses, asker.request, nowMs);
    const group = pauseGroup(asker.request);
    if (gate.kind === "closed") held.push({ asker, untilMs: gate.untilMs });
    else if (asker.pass !== undefined) passing.push(asker);
    else if (gate.kind === "probe" && probing.has(group)) held.push({ asker, untilMs: nowMs + probeLeaseMs });
    else {
      if (gate.kind === "probe") probing.add(group);
      else isMoving = true;
      ready.push(asker);
    }
  }
  return { ready, held, passing, isMoving };
}

const inOrder = (waiting: readonly Asker[]): readonly Asker[] => [
  ...waiting.filter(({ request }) => request.lane === "live"),
  ...waiting.filter(({ request }) => request.lane === "backfill"),
];
