import type { LineOutcome } from "./line-outcome.ts";
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
  readonly #counts: Record<LineOutcome["kind"], number> = { good: 0, sent: 0, refused: 0, "not-sent": 0 };

  constructor({ json = false, fileCount }: LineReportOptions) {
    const begin = fileCount > 1 ? asLineOfFile : asLine;
    this.#print = json ? (outcome) => [outcomeAsJson(outcome, begin)] : outcomeForPeople;
  }

  get counts(): Counts {
    return this.#counts;
  }

  async add(outcome: LineOutcome): Promise<void> {
    this.#counts[outcome.kind] += 1;
    for (const line of this.#print(outcome)) await printLine(line);
  }
}
