import type { LinePlace } from "./line-outcome.ts";

/** Lines that have something in common: how many, and the first. */
export class CountedPlaces {
  #count = 0;
  #first: LinePlace | undefined;

  add(place: LinePlace): void {
    this.#count += 1;
    this.#first ??= place;
  }

  /** A sentence for people, made of the count and of `FILE:LINE (REQUEST ID)`; nothing if there is no such line. */
  note(sentence: (count: number, first: string) => string): string | undefined {
    if (this.#first === undefined) return undefined;
    const { file, line, requestId } = this.#first;
    return sentence(this.#count, `${file}:${line} (${requestId})`);
  }
}
