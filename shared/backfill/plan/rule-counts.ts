import type { RowReason } from "../row-reason.ts";

/** Rows that break one rule. */
export interface BrokenRule extends RowReason {
  readonly rows: number;
  /** The first lines of these rows, at most MOST_LINES. */
  readonly lines: readonly number[];
}

interface CountedRule extends RowReason {
  rows: number;
  readonly lines: number[];
  lastLine: number;
}

const MOST_RULES = 200;
const MOST_LINES = 5;

/** Counts the rules that rows break. A row that breaks several counts for each. */
export class RuleCounts {
  readonly #rules = new Map<string, CountedRule>();
  #others = 0;

  add(reasons: readonly RowReason[], line: number): void {
    for (const reason of reasons) this.#count(reason, line);
  }

  /** The rules, the most broken first. */
  sorted(): readonly BrokenRule[] {
    return [...this.#rules.values()]
      .toSorted((one, other) => other.rows - one.rows)
      .map(({ lastLine: _onlyCounts, ...rule }) => rule);
  }

  /** How often a rule was broken that is none of these: more than so many are not kept apart. */
  get others(): number {
    return this.#others;
  }

  #count({ path, code, message }: RowReason, line: number): void {
    const id = JSON.stringify([path, code, message]);
    const known = this.#rules.get(id);
    if (known === undefined && this.#rules.size >= MOST_RULES) {
      this.#others += 1;
      return;
    }
    const rule = known ?? { path, code, message, rows: 0, lines: [], lastLine: 0 };
    this.#rules.set(id, rule);
    // The same rule may be broken twice in one row, by two items of a list.
    if (rule.lastLine === line) return;
    rule.lastLine = line;
    rule.rows += 1;
    if (rule.lines.length < MOST_LINES) rule.lines.push(line);
  }
}
