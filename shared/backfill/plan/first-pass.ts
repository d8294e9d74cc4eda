import { RepeatedKeys } from "../keys/repeated-keys.ts";
import type { PlanSettings } from "./plan-terms.ts";
import { RowFacts } from "./row-facts.ts";
import type { JudgedRow } from "./row-judge.ts";
import { RuleCounts } from "./rule-counts.ts";

/** What one look at every row of a file gathers, in a memory that grows by some bytes for each key only. */
export class FirstPass {
  readonly rules = new RuleCounts();
  readonly facts: RowFacts;
  readonly keys = new RepeatedKeys();
  good = 0;
  refused = 0;
  /** Among the refused ones. */
  undeliverable = 0;

  constructor(job: string, settings: Pick<PlanSettings, "connectInstanceArns">) {
    this.facts = new RowFacts(job, settings);
  }

  get rows(): number {
    return this.good + this.refused;
  }

  add(row: JudgedRow): void {
    if (row.kind === "refused") {
      this.refused += 1;
      if ("isFed" in row) this.undeliverable += 1;
      this.rules.add(row.reasons, row.line);
      return;
    }
    this.good += 1;
    this.facts.add(row);
    this.keys.add(row.key);
  }
}
