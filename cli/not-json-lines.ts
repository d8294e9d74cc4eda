import type { LineOutcome, LinePlace } from "./line-outcome.ts";

interface Run {
  readonly file: string;
  readonly from: number;
  to: number;
}

/**
 * Lines that are not JSON, behind the first of their file: a request that is written over many lines has one on each of them,
 * and what is wrong with all of them need be said only once.
 */
export class NotJsonLines {
  #toldOf: string | undefined;
  #run: Run | undefined;

  /** Whether the line is one of those that are told together. */
  takes(outcome: LineOutcome): boolean {
    if (outcome.kind !== "refused" || outcome.issues[0]?.code !== "not-json") return false;
    if (this.#toldOf === outcome.file) return true;
    this.#toldOf = outcome.file;
    return false;
  }

  /** Takes a line. Gives the words about earlier ones, if this one does not follow on them. */
  add({ file, line }: LinePlace): readonly string[] {
    if (this.#run?.file === file && this.#run.to === line - 1) {
      this.#run.to = line;
      return [];
    }
    const told = this.end();
    this.#run = { file, from: line, to: line };
    return told;
  }

  /** The words about the lines taken so far, if there are any that nothing was said about. */
  end(): readonly string[] {
    const run = this.#run;
    this.#run = undefined;
    if (run === undefined) return [];
    const lines = run.from === run.to ? `${run.from} is` : `${run.from} to ${run.to} are`;
    return [`${run.file}:${lines} not JSON either`];
  }
}
