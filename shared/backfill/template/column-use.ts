import type { TemplateProblem } from "./template-problem.ts";

/** Which columns of a file a template uses, and what is wrong with it. */
export class ColumnUse {
  readonly problems: TemplateProblem[] = [];
  readonly #columns: readonly string[];
  readonly #used = new Set<number>();
  readonly #unknown = new Set<string>();

  constructor(columns: readonly string[]) {
    this.#columns = columns;
  }

  /** The indexes of the columns that are used, in the order of the file. */
  get used(): readonly number[] {
    return [...this.#used].toSorted((one, other) => one - other);
  }

  /** The names that are no columns, each once. */
  get unknown(): readonly string[] {
    return [...this.#unknown];
  }

  /** The index of a column, which is used from now on. That of an unknown one says nothing. */
  indexOf(name: string): number {
    const index = this.#columns.indexOf(name);
    if (index === -1) this.#unknown.add(name);
    else this.#used.add(index);
    return index;
  }

  refuse(problem: TemplateProblem): void {
    this.problems.push(problem);
  }
}
