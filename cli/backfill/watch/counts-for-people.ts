import type { RowCounts } from "./row-counts.ts";
import { ROW_STATES, type RowState } from "./row-outcome.ts";

const NOTES: Readonly<Record<RowState, string>> = {
  started: "have their contact",
  failed: "have none, as far as is known: their dead letters say why",
  waiting: "are still to come",
  refused: "were not sent, since they break the contract",
  cancelled: "are not sent any more",
};

/** The counts as people read them; the states of which there are no rows are left out. */
export function countsForPeople({ byState, inDoubt, differing, rows }: RowCounts): readonly string[] {
  const known = ROW_STATES.filter((state) => byState[state] > 0);
  return [
    line("rows", rows, ""),
    ...known.map((state) => line(state, byState[state], NOTES[state])),
    ...(inDoubt > 0 ? [`Note: ${IN_DOUBT(inDoubt)}`] : []),
    ...(differing > 0 ? [`Note: ${DIFFERING(differing)}`] : []),
  ];
}

const number = (count: number): string => count.toLocaleString("en-US");

const line = (name: string, count: number, what: string): string =>
  `  ${name.padEnd(10)} ${number(count).padStart(11)}${what === "" ? "" : `  ${what}`}`;

const IN_DOUBT = (count: number): string =>
  `a call for ${number(count)} of them was never answered, so that there may be a contact all the same. docs/operations.md, "Requests in doubt", says what to do.`;

const DIFFERING = (count: number): string =>
  `of ${number(count)} of them the ledger has another content under the same requestId: that of a corrected dead letter, of another row, or of another sender. What is said here is what became of that.`;
