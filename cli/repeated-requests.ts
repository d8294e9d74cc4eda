import type { ContactRequest } from "#shared/contract/contact-request.ts";
import { CountedPlaces } from "./counted-places.ts";
import type { LinePlace } from "./line-outcome.ts";

/** Inputs have no limit, and memory has. */
const MAX_REMEMBERED = 200_000;

/**
 * Looks for requests of one operation that share a requestId. That is allowed, since a resent request is no second one, but in
 * one input it is often a mistake.
 */
export class RepeatedRequests {
  readonly #seen = new Set<string>();
  readonly #repeats = new CountedPlaces();

  add({ operation, requestId }: ContactRequest, place: LinePlace): void {
    const key = `${operation} ${requestId}`;
    if (this.#seen.has(key)) this.#repeats.add(place);
    else if (this.#seen.size < MAX_REMEMBERED) this.#seen.add(key);
  }

  /** A sentence for people; nothing if no request was repeated. */
  warning(): string | undefined {
    const bound = this.#seen.size < MAX_REMEMBERED ? "" : ` (looked for among the first ${MAX_REMEMBERED} requests)`;
    return this.#repeats.note((count, first) => {
      const lines = count === 1 ? "1 line repeats" : `${count} lines repeat`;
      return `Note: ${lines} the requestId of an earlier request of the same operation${bound}, first at ${first}. The same request twice makes one contact; another request needs a requestId of its own.`;
    });
  }
}
