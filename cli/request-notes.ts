import type { ContactRequest } from "#shared/contract/contact-request.ts";
import { CountedPlaces } from "./counted-places.ts";
import type { LinePlace } from "./line-outcome.ts";
import { RepeatedRequests } from "./repeated-requests.ts";
import { counted } from "./run/counted.ts";

/** What a queue keeps by default: 13 days, and in the last half day a message is given up before SQS deletes it. */
const LONGEST_WAIT_MS = 12.5 * 24 * 3_600_000;

/** What fulfils the contract and is nevertheless worth a word, since it will hardly become what its writer wants. */
export class RequestNotes {
  readonly #nowMs: number;
  readonly #repeated = new RepeatedRequests();
  readonly #expired = new CountedPlaces();
  readonly #tooEarly = new CountedPlaces();

  /** `nowMs`: epoch milliseconds. */
  constructor(nowMs: number) {
    this.#nowMs = nowMs;
  }

  add(request: ContactRequest, place: LinePlace): void {
    this.#repeated.add(request, place);
    const { expiresAt, notBefore } = request;
    if (expiresAt !== undefined && Date.parse(expiresAt) <= this.#nowMs) this.#expired.add(place);
    if (notBefore !== undefined && Date.parse(notBefore) > this.#nowMs + LONGEST_WAIT_MS) this.#tooEarly.add(place);
  }

  /** Sentences for people. */
  sentences(): readonly string[] {
    const expired = this.#expired.note(
      (count, first) =>
        `Note: the expiresAt of ${counted(count, "request")} is past, first at ${first}. An expired request becomes a dead letter, not a contact.`,
    );
    const tooEarly = this.#tooEarly.note(
      (count, first) =>
        `Note: the notBefore of ${counted(count, "request")} is more than 12.5 days away, first at ${first}. A queue keeps no message that long, unless the deployment's retention is changed: it becomes a dead letter, Stale. Send it later.`,
    );
    return [this.#repeated.warning(), expired, tooEarly].filter((sentence) => sentence !== undefined);
  }
}
