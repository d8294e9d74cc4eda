import { csvLine } from "./csv-line.ts";
import type { RowOutcome } from "./row-outcome.ts";

/** How the lines of a report are written. */
export interface ReportFormat {
  /** Above the lines. */
  readonly header: string | undefined;
  line(outcome: RowOutcome): string;
}

const COLUMNS = ["line", "key", "requestId", "state", "ContactId", "code", "contact", "attempts", "time"];

/** Whether there is a contact: nobody knows of a row in doubt. */
const contactOf = ({ state, inDoubt }: RowOutcome): "made" | "none" | "unknown" => {
  if (state === "started") return "made";
  return inDoubt ? "unknown" : "none";
};

const timeOf = ({ atMs }: RowOutcome): string | null => (atMs === undefined ? null : new Date(atMs).toISOString());

/** A table with a header, for people and their programs. */
export const CSV_REPORT: ReportFormat = {
  header: csvLine(COLUMNS),
  line: (outcome) => {
    const { row, state, contactId = null, code = null, attempts } = outcome;
    const { line, key, requestId } = row;
    return csvLine([line, key, requestId, state, contactId, code, contactOf(outcome), attempts, timeOf(outcome)]);
  },
};

/** A JSON object a line. */
export const JSON_REPORT: ReportFormat = {
  header: undefined,
  line: (outcome) => {
    const { row, state, contactId = null, code = null, attempts } = outcome;
    const { line, key, requestId } = row;
    const contact = contactOf(outcome);
    return JSON.stringify({ line, key, requestId, state, contactId, code, contact, attempts, time: timeOf(outcome) });
  },
};
