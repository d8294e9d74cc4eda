import type { SendingHours } from "../../contract/fields/sending-hours.ts";
import { nextOpenMoment } from "../../next-open-moment.ts";

/** A time without interruption, in epoch milliseconds: `toMs` is the first moment no more. */
export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

/** The stretches of time that lie in these hours, from a moment on, without end. Without hours it is always open. */
export function* openStretches(hours: SendingHours | undefined, fromMs: number): Generator<Stretch, void> {
  const closed = hours === undefined ? undefined : complement(hours);
  if (hours === undefined || closed === undefined) {
    yield { fromMs, toMs: Infinity };
    return;
  }
  for (let atMs = fromMs; ; ) {
    const openMs = nextOpenMoment(hours, atMs);
    const toMs = nextOpenMoment(closed, openMs);
    yield { fromMs: openMs, toMs };
    atMs = toMs;
  }
}

/** The hours in which it is closed; nothing where they are none. By the clocks on the wall, every moment lies in one of the two. */
function complement({ from, to, timeZone }: SendingHours): SendingHours | undefined {
  const opensAgain = from;
  const closes = to === "24:00" ? "00:00" : to;
  return closes === opensAgain ? undefined : { from: closes, to: opensAgain, timeZone };
}
