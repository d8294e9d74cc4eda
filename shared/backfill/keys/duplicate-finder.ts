import type { Duplicates, RepeatedKey } from "./duplicates.ts";
import { keyHash } from "./key-hash.ts";

/** What is told of duplicates by line: beyond it they are counted. */
const MOST_KEYS = 1_000;
const MOST_LINES = 10;

/** A row whose key may come twice. `content` is all that its request says. */
export interface KeyedRow {
  readonly line: number;
  readonly key: string;
  readonly content: string;
}

interface Seen {
  readonly firstLine: number;
  readonly content: string;
  rows: number;
  differing: number;
  readonly lines: number[];
}

/** Finds the rows whose real key came before. Holds every key that it was given in one part. */
export class DuplicateFinder {
  readonly #seen = new Map<string, Seen>();
  readonly #keys: RepeatedKey[] = [];
  #rows = 0;
  #differing = 0;

  add({ line, key, content }: KeyedRow): void {
    const seen = this.#seen.get(key);
    const fingerprint = fingerprintOf(content);
    if (seen === undefined) {
      this.#seen.set(key, { firstLine: line, content: fingerprint, rows: 0, differing: 0, lines: [] });
      return;
    }
    seen.rows += 1;
    if (seen.content !== fingerprint) seen.differing += 1;
    if (seen.lines.length < MOST_LINES) seen.lines.push(line);
  }

  /** Forgets the keys of a part of the file's keys: the others are none of them. */
  endPart(): void {
    for (const [key, { firstLine, rows, differing, lines }] of this.#seen) {
      if (rows === 0) continue;
      this.#rows += rows;
      this.#differing += differing;
      this.#keys.push({ key, firstLine, rows, differing, lines });
    }
    this.#seen.clear();
    this.#keys.sort((one, other) => one.firstLine - other.firstLine).splice(MOST_KEYS);
  }

  found(): Duplicates {
    return { rows: this.#rows, differing: this.#differing, keys: [...this.#keys] };
  }
}

/** Texts of any length are held as 64 bits. Two contents that are taken for one are told as the same, which no request depends on. */
function fingerprintOf(content: string): string {
  const { high, low } = keyHash(content);
  return `${high}.${low}`;
}
