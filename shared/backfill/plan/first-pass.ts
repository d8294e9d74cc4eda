import type { RefusedRow } from "../candidate-row.ts";
import type { GoodRow } from "../judge-candidate.ts";
import { RepeatedKeys } from "../keys/repeated-keys.ts";
import { RowFacts } from "./row-facts.ts";
import { RuleCounts } from "./rule-counts.ts";

/** What one look at every row of a file gathers, in a memory that grows by some bytes for each key only. */
export class FirstPass {
  readonly rules = new RuleCounts();
  readonly facts: RowFacts;
  readonly keys = new RepeatedKeys();
  rows = 0;
  refused = 0;

  constructor(job: string) {
    this.facts = new RowFacts(job);
  }

  add(row: GoodRow | RefusedRow): void {
    this.rows += 1;
    if (row.kind === "refused") {
      this.refused += 1;
      this.rules.add(row.reasons, row.line);
      return;
    }
    this.facts.add(row);
    this.keys.add(row.key);
  }
}
