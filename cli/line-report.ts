import type { LineOutcome } from "./line-outcome.ts";
import { NotJsonLines } from "./not-json-lines.ts";
import { asLine, asLineOfFile, outcomeAsJson } from "./outcome-as-json.ts";
import { outcomeForPeople } from "./outcome-for-people.ts";
import { printLine } from "./print-line.ts";

type Counts = Readonly<Record<LineOutcome["kind"], number>>;

export interface LineReportOptions {
  /** One line of JSON for each line of input, instead of what people read. */
  readonly json?: boolean;
  readonly fileCount: number;
}

/** Writes what became of each line to standard output, and counts. */
export class LineReport {
  readonly #print: (outcome: LineOutcome) => readonly string[];
  readonly #counts: Record<LineOutcome["kind"], number> = {
    good: 0,
    sent: 0,
    refused: 0,
    "not-sent": 0,
    "no-access": 0,
  };
  readonly #notJson = new NotJsonLines();

  constructor({ json = false, fileCount }: LineReportOptions) {
    const begin = fileCount > 1 ? asLineOfFile : asLine;
    this.#print = json ? (outcome) => [outcomeAsJson(outcome, begin)] : (outcome) => this.#forPeople(outcome);
  }

  get counts(): Counts {
    return this.#counts;
  }

  async add(outcome: LineOutcome): Promise<void> {
    this.#counts[outcome.kind] += 1;
    await printLines(this.#print(outcome));
  }

  /** Writes what was kept back to be told together. */
  async end(): Promise<void> {
    await printLines(this.#notJson.end());
  }

  #forPeople(outcome: LineOutcome): readonly string[] {
    if (this.#notJson.takes(outcome)) return this.#notJson.add(outcome);
    const lines = outcomeForPeople(outcome);
    return lines.length === 0 ? [] : [...this.#notJson.end(), ...lines];
  }
}

async function printLines(lines: readonly string[]): Promise<void> {
  for (const line of lines) await printLine(line);
}
