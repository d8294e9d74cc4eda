import { CONTENT_DIFFERS } from "#shared/ledger/refusals.ts";
import { csvLine } from "./csv-line.ts";
import type { RowOutcome } from "./row-outcome.ts";

/** How the lines of a report are written. */
export interface ReportFormat {
  /** Above the lines. */
  readonly header: string | undefined;
  line(outcome: RowOutcome): string;
}

const COLUMNS = ["line", "key", "requestId", "state", "ContactId", "code", "contact", "attempts", "time", "note"];

/** The name by which a dead letter tells the same. */
const noteOf = ({ differs }: RowOutcome): string | null => (differs ? CONTENT_DIFFERS.code : null);

const timeOf = ({ atMs }: RowOutcome): string | null => (atMs === undefined ? null : new Date(atMs).toISOString());

/** A table with a header, for people and their programs. */
export const CSV_REPORT: ReportFormat = {
  header: csvLine(COLUMNS),
  line: (outcome) => {
    const { row, state, contactId = null, code = null, contact, attempts } = outcome;
    const { line, key, requestId } = row;
    const [time, note] = [timeOf(outcome), noteOf(outcome)];
    return csvLine([line, key, requestId, state, contactId, code, contact, attempts, time, note]);
  },
};

/** A JSON object a line. */
export const JSON_REPORT: ReportFormat = {
  header: undefined,
  line: (outcome) => {
    const { row, state, contactId = null, code = null, contact, attempts } = outcome;
    const { line, key, requestId } = row;
    const [time, note] = [timeOf(outcome), noteOf(outcome)];
    return JSON.stringify({ line, key, requestId, state, contactId, code, contact, attempts, time, note });
  },
};
