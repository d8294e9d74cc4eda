import { Buffer } from "node:buffer";
import type { Duplicates, RepeatedKey } from "./duplicates.ts";
import { HashSet } from "./hash-set.ts";
import { type KeyHash, keyHash } from "./key-hash.ts";

/** What is told of duplicates by line: beyond it they are counted. */
const MOST_KEYS = 1_000;
const MOST_LINES = 10;

/** A row whose key may come twice. `content` is all that its request says. */
export interface KeyedRow {
  readonly line: number;
  readonly key: string;
  /** Of the key. */
  readonly hash: KeyHash;
  readonly content: string;
}

/** The first row of a key: many of them are held at once, so that it is no more than it must be. */
interface First {
  readonly line: number;
  readonly contentHigh: number;
  readonly contentLow: number;
  again: Again | undefined;
}

/** The rows behind it. */
interface Again {
  readonly rows: number;
  readonly differing: number;
  readonly lines: readonly number[];
  readonly differingLines: readonly number[];
}

const NEVER: Again = { rows: 0, differing: 0, lines: [], differingLines: [] };

/** Finds the rows whose real key came before. Holds every key that it was given in one part. */
export class DuplicateFinder {
  readonly #firsts = new Map<string, First>();
  #hashes = new HashSet();
  #keys: RepeatedKey[] = [];
  #rows = 0;
  #differing = 0;

  /** `colliding`: the first row of its key, behind one of another key that has the same hash. */
  add({ line, key, hash, content }: KeyedRow): "first" | "colliding" | "repeated" {
    const first = this.#firsts.get(key);
    // Texts of any length are held as 64 bits. Two contents that are taken for one are told as the same, which no request depends on.
    const { high, low } = keyHash(content);
    if (first !== undefined) {
      const differs = first.contentHigh !== (high | 0) || first.contentLow !== (low | 0);
      first.again = withRow(first.again ?? NEVER, { line, differs });
      return "repeated";
    }
    // With a sign they are small integers to V8, which need no object of their own.
    this.#firsts.set(copyOf(key), { line, contentHigh: high | 0, contentLow: low | 0, again: undefined });
    return this.#hashes.add(hash) ? "first" : "colliding";
  }

  /** Forgets the keys of a part of the file's keys: the others are none of them. */
  endPart(): void {
    for (const [key, { line, again }] of this.#firsts)
      if (again !== undefined) this.#tell({ key, firstLine: line, ...again });
    this.#firsts.clear();
    this.#hashes = new HashSet();
  }

  found(): Duplicates {
    return { rows: this.#rows, differing: this.#differing, keys: mostImportant(this.#keys) };
  }

  #tell(repeated: RepeatedKey): void {
    this.#rows += repeated.rows;
    this.#differing += repeated.differing;
    this.#keys.push(repeated);
    // Not each time: to sort them takes a while.
    if (this.#keys.length >= 2 * MOST_KEYS) this.#keys = mostImportant(this.#keys);
  }
}

/** V8 cuts a key out of its row by pointing into it, so that the whole row would be held. */
const copyOf = (key: string): string => Buffer.from(key).toString();

/** Lists that are joined have no room to spare, as those have to which something was pushed: most of them stay short. */
const withRow = (
  { rows, differing, lines, differingLines }: Again,
  { line, differs }: { readonly line: number; readonly differs: boolean },
): Again => ({
  rows: rows + 1,
  differing: differs ? differing + 1 : differing,
  lines: lines.length < MOST_LINES ? lines.concat(line) : lines,
  differingLines: differs && differingLines.length < MOST_LINES ? differingLines.concat(line) : differingLines,
});

/** Rows that differ have to be mended, whatever else is told. */
const mostImportant = (keys: readonly RepeatedKey[]): RepeatedKey[] =>
  keys
    .toSorted((one, other) => Math.sign(other.differing) - Math.sign(one.differing) || one.firstLine - other.firstLine)
    .slice(0, MOST_KEYS);
