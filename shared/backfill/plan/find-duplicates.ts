import canonicalize from "canonicalize";
import type { CandidateRow } from "../candidate-row.ts";
import type { GoodRow } from "../judge-candidate.ts";
import { DuplicateFinder } from "../keys/duplicate-finder.ts";
import type { Duplicates } from "../keys/duplicates.ts";
import type { KeyHash } from "../keys/key-hash.ts";
import type { RepeatedKeys } from "../keys/repeated-keys.ts";
import type { JudgedRow } from "./row-judge.ts";

/** How many keys that may come twice are held at once, some 260 bytes each. More take more passes over the file. */
const MOST_HELD = 200_000;

/** A pass over the file in which keys are compared. */
export interface ComparingPass {
  /** From 1 on. */
  readonly pass: number;
  readonly passes: number;
}

/** The rows that are looked at once more. */
export interface Suspects {
  /** Gives all rows of the file anew each time. */
  readonly rows: () => AsyncIterable<readonly CandidateRow[]>;
  readonly keys: Pick<RepeatedKeys, "count" | "repeatedHash">;
  readonly judge: (row: CandidateRow) => JudgedRow;
  /** Hears of each row that is no duplicate, though its key has the hash of another one that came before. */
  readonly onColliding: (row: GoodRow) => void;
  /** Hears when a pass begins. */
  readonly onPass?: ((pass: ComparingPass) => void) | undefined;
}

/** Looks again at the rows whose keys may come twice, now with their real keys. None are read where no hash has come twice. */
export async function findDuplicates(
  { rows, keys, judge, onColliding, onPass }: Suspects,
  mostHeld = MOST_HELD,
): Promise<Duplicates> {
  const finder = new DuplicateFinder();
  const passes = Math.ceil(keys.count / mostHeld);
  for (let part = 0; part < passes; part += 1) {
    onPass?.({ pass: part + 1, passes });
    for await (const block of rows()) for (const row of block) addIfIn(part, row);
    finder.endPart();
  }
  return finder.found();

  function addIfIn(part: number, row: CandidateRow): void {
    if (row.kind !== "candidate") return;
    const hash = keys.repeatedHash(row.key);
    if (hash !== undefined && hash.high % passes === part) add(row, hash);
  }

  function add(candidate: CandidateRow, hash: KeyHash): void {
    const row = judge(candidate);
    if (row.kind !== "good") return;
    // The order of members says nothing.
    const content = canonicalize(row.request) ?? "";
    if (finder.add({ line: row.line, key: row.key, hash, content }) === "colliding") onColliding(row);
  }
}
