import type { CandidateRow } from "../candidate-row.ts";
import { judgeCandidate } from "../judge-candidate.ts";
import { DuplicateFinder } from "../keys/duplicate-finder.ts";
import type { Duplicates } from "../keys/duplicates.ts";
import type { RepeatedKeys } from "../keys/repeated-keys.ts";

/** How many keys that may come twice are held at once. More take more passes over the file. */
const MOST_HELD = 100_000;

/**
 * Looks again at the rows whose keys may come twice, now with their real keys. `rows` gives all rows of the file anew each time; none
 * are read where no hash has come twice.
 */
export async function findDuplicates(
  rows: () => AsyncIterable<readonly CandidateRow[]>,
  keys: Pick<RepeatedKeys, "count" | "partOf">,
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
    const row = judgeCandidate(candidate);
    if (row.kind === "good") finder.add({ ...row, content: JSON.stringify(row.request) });
  }
}
