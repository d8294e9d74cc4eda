import canonicalize from "canonicalize";
import type { CandidateRow } from "../candidate-row.ts";
import type { GoodRow } from "../judge-candidate.ts";
import { DuplicateFinder } from "../keys/duplicate-finder.ts";
import type { Duplicates } from "../keys/duplicates.ts";
import type { RepeatedKeys } from "../keys/repeated-keys.ts";
import type { JudgedRow } from "./row-judge.ts";

/** How many keys that may come twice are held at once. More take more passes over the file. */
const MOST_HELD = 100_000;

/** The rows that are looked at once more. */
export interface Suspects {
  /** Gives all rows of the file anew each time. */
  readonly rows: () => AsyncIterable<readonly CandidateRow[]>;
  readonly keys: Pick<RepeatedKeys, "count" | "partOf">;
  readonly judge: (row: CandidateRow) => JudgedRow;
  /** Hears of each good row behind the first of its key, once. */
  readonly onDuplicate: (row: GoodRow) => void;
}

/** Looks again at the rows whose keys may come twice, now with their real keys. None are read where no hash has come twice. */
export async function findDuplicates(
  { rows, keys, judge, onDuplicate }: Suspects,
  mostHeld = MOST_HELD,
): Promise<Duplicates> {
  const finder = new DuplicateFinder();
  const parts = Math.ceil(keys.count / mostHeld);
  for (let part = 0; part < parts; part += 1) {
    for await (const block of rows()) for (const row of block) if (isIn(row, part)) add(row);
    finder.endPart();
  }
  return finder.found();

  function isIn(row: CandidateRow, part: number): boolean {
    return row.kind === "candidate" && keys.partOf(row.key, parts) === part;
  }

  function add(candidate: CandidateRow): void {
    const row = judge(candidate);
    if (row.kind !== "good") return;
    // The order of members says nothing.
    const content = canonicalize(row.request) ?? "";
    if (finder.add({ line: row.line, key: row.key, content }) === "repeated") onDuplicate(row);
  }
}
