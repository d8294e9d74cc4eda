import { afterRefusal, type Gate, gate, type Pause, type PauseSettings, withoutProbe, withProbe } from "./pause.ts";
import type { SlotReport, SlotRequest } from "./slot.ts";

/** The pauses of one bucket, by what they hold back. */
export type Pauses = Readonly<Record<string, Pause>>;

const EVERYTHING = "everything";

/** Too many open e-mails must not stop tasks, and a full instance must not stop another one. */
const capacityKey = ({ instanceId, channel }: SlotRequest): string =>
  ["open contacts", instanceId, channel].filter((part) => part !== undefined).join(" ");

/** What two requests have in common that are held back by the same pauses. */
export const pauseGroup = capacityKey;

const keysOf = (request: SlotRequest): readonly string[] => [EVERYTHING, capacityKey(request)];

/** What all pauses together say to a request. */
export function gateFor(pauses: Pauses, request: SlotRequest, nowMs: number): Gate {
  const gates = keysOf(request).map((key) => gate(pauses[key], nowMs));
  const closed = gates.filter((each) => each.kind === "closed");
  if (closed.length > 0) return { kind: "closed", untilMs: Math.max(...closed.map(({ untilMs }) => untilMs)) };
  return gates.find(({ kind }) => kind === "probe") ?? { kind: "open" };
}

/** The pauses with this request sent out to probe all that hold it back. */
export function withProbeFor(
  pauses: Pauses,
  request: SlotRequest,
  probe: { atMs: number; settings: PauseSettings },
): Pauses {
  const held = keysOf(request).flatMap((key) => entry(key, pauses[key]));
  return {
    ...pauses,
    ...Object.fromEntries(held.map(([key, pause]) => [key, withProbe(pause, probe.atMs, probe.settings)])),
  };
}

/** A report on a call that was sent out to probe, or not. */
export interface CallReport {
  readonly request: SlotRequest;
  readonly report: SlotReport;
  readonly atMs: number;
  /** For a probe: until when it held the lease, which tells it from the probe after it. */
  readonly leaseUntilMs?: number;
}

/**
 * The pauses after a report; the same object where it changes nothing. Only a probe lengthens or ends a pause: other
 * calls left before it.
 */
export function pausesAfter(pauses: Pauses, call: CallReport, settings: PauseSettings): Pauses {
  const key = capacityKey(call.request);
  const capacity = afterCall(pauses[key], { call, settings, means: CAPACITY_MEANS[call.report] });
  const everything = afterCall(pauses[EVERYTHING], { call, settings, means: EVERYTHING_MEANS[call.report] });
  const opened =
    capacity === undefined && call.report === "at-capacity" ? afterRefusal(undefined, call.atMs, settings) : capacity;
  if (opened === pauses[key] && everything === pauses[EVERYTHING]) return pauses;
  const { [key]: _capacity, [EVERYTHING]: _everything, ...others } = pauses;
  return Object.fromEntries([...Object.entries(others), ...entry(key, opened), ...entry(EVERYTHING, everything)]);
}

/** The pauses after answers of this API were denied again and again. */
export const withEverythingPaused = (pauses: Pauses, nowMs: number, settings: PauseSettings): Pauses =>
  pauses[EVERYTHING] === undefined ? { ...pauses, [EVERYTHING]: afterRefusal(undefined, nowMs, settings) } : pauses;

/** What a report says of the reason for a pause. */
type Meaning = "over" | "goes-on" | "nothing";

/** Whether there is room for one more open contact. */
const CAPACITY_MEANS: Readonly<Record<SlotReport, Meaning>> = {
  accepted: "over",
  "at-capacity": "goes-on",
  denied: "nothing",
  throttled: "nothing",
  transient: "nothing",
  other: "nothing",
  unused: "nothing",
};

/** Whether calls are denied. */
const EVERYTHING_MEANS: Readonly<Record<SlotReport, Meaning>> = {
  accepted: "over",
  "at-capacity": "over",
  denied: "goes-on",
  throttled: "nothing",
  transient: "nothing",
  other: "over",
  unused: "nothing",
};

function afterCall(
  pause: Pause | undefined,
  { call, settings, means }: { call: CallReport; settings: PauseSettings; means: Meaning },
): Pause | undefined {
  if (pause === undefined || call.leaseUntilMs === undefined) return pause;
  // A probe that made a contact ends the pause even if its lease was over.
  if (means === "over") return undefined;
  if (pause.probeUntilMs !== call.leaseUntilMs) return pause;
  return means === "goes-on" ? afterRefusal(withoutProbe(pause), call.atMs, settings) : withoutProbe(pause);
}

const entry = (key: string, pause: Pause | undefined): [string, Pause][] => (pause === undefined ? [] : [[key, pause]]);
