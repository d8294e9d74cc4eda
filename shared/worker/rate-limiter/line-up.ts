import type { Gate } from "../../rate-limiter/pause.ts";
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
  /** The groups of those among them who go ahead to what will probe. */
  readonly scouted: ReadonlySet<string>;
  /** Somebody is ready whom no pause concerns. */
  readonly isMoving: boolean;
}

interface Circumstances {
  readonly pauses: Pauses;
  readonly nowMs: number;
  /** How long the others wait for what a probe finds out. */
  readonly probeLeaseMs: number;
  /** Until when they wait for somebody who has gone ahead, by groups. */
  readonly scoutedUntilMs: ReadonlyMap<string, number>;
}

/**
 * Lines up those who wait: live before backfill, else in the order of asking, and one of each kind where a probe is due. Those
 * who want no slot come after all who do: what they are to begin must not pile up before a call that has yet to probe.
 */
export function lineUp(waiting: readonly Asker[], circumstances: Circumstances): Line {
  const ready: Asker[] = [];
  const held: { asker: Asker; untilMs: number }[] = [];
  const passing: Asker[] = [];
  const probing = new Set<string>();
  let isMoving = false;
  for (const asker of inOrder(waiting)) {
    const gate = gateFor(circumstances.pauses, asker.request, circumstances.nowMs);
    const group = pauseGroup(asker.request);
    const untilMs = heldUntilMs(asker, { gate, isProbing: probing.has(group), ...circumstances });
    if (untilMs !== undefined) {
      held.push({ asker, untilMs });
      continue;
    }
    if (gate.kind === "probe") probing.add(group);
    if (asker.pass !== undefined) passing.push(asker);
    else {
      ready.push(asker);
      isMoving ||= gate.kind === "open";
    }
  }
  const scouted = new Set(passing.map(({ request }) => pauseGroup(request)).filter((group) => probing.has(group)));
  return { ready, held, passing, scouted, isMoving };
}

interface AtTheGate extends Circumstances {
  readonly gate: Gate;
  /** Somebody before this one will probe, or go ahead to what will. */
  readonly isProbing: boolean;
}

/** Until when somebody is held back; nothing if not. */
function heldUntilMs({ request, pass }: Asker, place: AtTheGate): number | undefined {
  const { gate, isProbing, nowMs, probeLeaseMs, scoutedUntilMs } = place;
  switch (gate.kind) {
    case "open":
      return undefined;
    case "closed":
      return gate.untilMs;
    case "probe": {
      if (isProbing) return nowMs + probeLeaseMs;
      const untilMs = pass === undefined ? nowMs : (scoutedUntilMs.get(pauseGroup(request)) ?? nowMs);
      return nowMs < untilMs ? untilMs : undefined;
    }
  }
}

function inOrder(waiting: readonly Asker[]): readonly Asker[] {
  const { wanting = [], asking = [] } = Object.groupBy(waiting, ({ pass }) =>
    pass === undefined ? "wanting" : "asking",
  );
  return [...liveFirst(wanting), ...liveFirst(asking)];
}

const liveFirst = (askers: readonly Asker[]): readonly Asker[] => [
  ...askers.filter(({ request }) => request.lane === "live"),
  ...askers.filter(({ request }) => request.lane === "backfill"),
];
