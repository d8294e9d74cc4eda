import { RepeatedKeys } from "../keys/repeated-keys.ts";
import type { PlanTerms } from "./plan-terms.ts";
import { RowFacts } from "./row-facts.ts";
import type { JudgedRow } from "./row-judge.ts";
import { RuleCounts } from "./rule-counts.ts";

/** What one look at every row of a file gathers, in a memory that grows by some bytes for each key only. */
export class FirstPass {
  readonly rules = new RuleCounts();
  /** Without the rows whose key has the hash of an earlier one: only a second look tells whether they are duplicates. */
  readonly facts: RowFacts;
  readonly keys = new RepeatedKeys();
  good = 0;
  refused = 0;
  /** Among the refused ones. */
  undeliverable = 0;

  constructor(job: string, terms: Pick<PlanTerms, "nowMs" | "settings">) {
    this.facts = new RowFacts(job, terms);
  }

  get rows(): number {
    return this.good + this.refused;
  }

  add(row: JudgedRow): void {
    if (row.kind === "good") {
      this.good += 1;
      if (this.keys.add(row.key)) this.facts.add(row);
      return;
    }
    this.refused += 1;
    if (row.kind === "undeliverable") this.undeliverable += 1;
    this.rules.add(row.reasons, row.line);
  }
}
