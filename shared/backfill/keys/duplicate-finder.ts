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
  readonly differingLines: number[];
}

/** Finds the rows whose real key came before. Holds every key that it was given in one part. */
export class DuplicateFinder {
  readonly #seen = new Map<string, Seen>();
  readonly #keys: RepeatedKey[] = [];
  #rows = 0;
  #differing = 0;

  add({ line, key, content }: KeyedRow): "first" | "repeated" {
    const seen = this.#seen.get(key);
    const fingerprint = fingerprintOf(content);
    if (seen === undefined) {
      const nothing = { rows: 0, differing: 0, lines: [], differingLines: [] };
      this.#seen.set(key, { firstLine: line, content: fingerprint, ...nothing });
      return "first";
    }
    seen.rows += 1;
    if (seen.lines.length < MOST_LINES) seen.lines.push(line);
    if (seen.content === fingerprint) return "repeated";
    seen.differing += 1;
    if (seen.differingLines.length < MOST_LINES) seen.differingLines.push(line);
    return "repeated";
  }

  /** Forgets the keys of a part of the file's keys: the others are none of them. */
  endPart(): void {
    for (const [key, { content: _told, ...repeated }] of this.#seen) {
      if (repeated.rows === 0) continue;
      this.#rows += repeated.rows;
      this.#differing += repeated.differing;
      this.#keys.push({ key, ...repeated });
    }
    this.#seen.clear();
    this.#keys.sort(byWeight).splice(MOST_KEYS);
  }

  found(): Duplicates {
    return { rows: this.#rows, differing: this.#differing, keys: [...this.#keys] };
  }
}

/** Rows that differ have to be mended, whatever else is told. */
const byWeight = (one: RepeatedKey, other: RepeatedKey): number =>
  Math.sign(other.differing) - Math.sign(one.differing) || one.firstLine - other.firstLine;

/** Texts of any length are held as 64 bits. Two contents that are taken for one are told as the same, which no request depends on. */
function fingerprintOf(content: string): string {
  const { high, low } = keyHash(content);
  return `${high}.${low}`;
}
