import type { ContactRequest } from "../../contract/contact-request.ts";
import type { SendingHours } from "../../contract/fields/sending-hours.ts";
import { nextOpenMoment } from "../../next-open-moment.ts";
import { firstChanceMs } from "./first-chance.ts";
import { idOfHours } from "./id-of-hours.ts";
import type { Stretch } from "./open-stretches.ts";
import { stretchesOf } from "./stretches-of.ts";

/** For so many different hours it is remembered when they are open. */
const MOST_HOURS = 500;

export type Times = Pick<ContactRequest, "notBefore" | "expiresAt" | "sendingHours">;

/** What a worker finds that looks at a row now: it has expired, it will have when it may be sent first, or neither. */
export type Prospect = "expired" | "expires-first" | "sendable";

/** Tells of rows whether they can be sent before they expire. */
export class RowProspects {
  readonly #nowMs: number;
  readonly #stretches = new Map<string, readonly Stretch[]>();

  constructor(nowMs: number) {
    this.#nowMs = nowMs;
  }

  of({ notBefore, expiresAt, sendingHours }: Times): Prospect {
    if (expiresAt === undefined) return "sendable";
    const expiresMs = Date.parse(expiresAt);
    if (expiresMs <= this.#nowMs) return "expired";
    const fromMs = notBefore === undefined ? this.#nowMs : Math.max(this.#nowMs, Date.parse(notBefore));
    return this.#opensMs(sendingHours, fromMs) < expiresMs ? "sendable" : "expires-first";
  }

  #opensMs(hours: SendingHours | undefined, fromMs: number): number {
    if (hours === undefined) return fromMs;
    const stretches = this.#stretchesOf(hours);
    return firstChanceMs({ stretches, notBeforeMs: fromMs }) ?? nextOpenMoment(hours, fromMs);
  }

  /** None where they are too many: to look each up in the calendar takes longer. */
  #stretchesOf(hours: SendingHours): readonly Stretch[] {
    const id = idOfHours(hours);
    const known = this.#stretches.get(id);
    if (known !== undefined || this.#stretches.size >= MOST_HOURS) return known ?? [];
    const stretches = stretchesOf(hours, this.#nowMs);
    this.#stretches.set(id, stretches);
    return stretches;
  }
}
