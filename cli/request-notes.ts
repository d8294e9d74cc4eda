import type { ContactRequest } from "#shared/contract/contact-request.ts";
import { CountedPlaces } from "./counted-places.ts";
import type { LinePlace } from "./line-outcome.ts";
import { RepeatedRequests } from "./repeated-requests.ts";
import { counted } from "./run/counted.ts";

/** What fulfils the contract and is nevertheless worth a word, since it will hardly become what its writer wants. */
export class RequestNotes {
  readonly #nowMs: number;
  readonly #repeated = new RepeatedRequests();
  readonly #expired = new CountedPlaces();

  /** `nowMs`: epoch milliseconds. */
  constructor(nowMs: number) {
    this.#nowMs = nowMs;
  }

  add(request: ContactRequest, place: LinePlace): void {
    this.#repeated.add(request, place);
    if (request.expiresAt !== undefined && Date.parse(request.expiresAt) <= this.#nowMs) this.#expired.add(place);
  }

  /** Sentences for people. */
  sentences(): readonly string[] {
    const expired = this.#expired.note(
      (count, first) =>
        `Note: the expiresAt of ${counted(count, "request")} is past, first at ${first}. An expired request becomes a dead letter, not a contact.`,
    );
    return [this.#repeated.warning(), expired].filter((sentence) => sentence !== undefined);
  }
}
