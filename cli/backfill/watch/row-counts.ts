import { ROW_STATES, type RowOutcome, type RowState } from "./row-outcome.ts";

/** Counts what became of rows. The states add up to `rows`. */
export class RowCounts {
  readonly byState: Record<RowState, number> = { started: 0, failed: 0, waiting: 0, refused: 0, cancelled: 0 };
  /** There may be a contact that nobody has seen: of those that have none as far as is known. */
  inDoubt = 0;
  /** What the ledger has of their requestIds is about another content. */
  differing = 0;
  /** Of a job that was cancelled: no worker knows by their requestId that they are of it, and they go on. */
  beyondReach = 0;
  /** Those that would be so if somebody was feeding their range when the job was cancelled: what is begun is fed to its end. */
  perhapsBeyondReach = 0;

  get rows(): number {
    return ROW_STATES.reduce((sum, state) => sum + this.byState[state], 0);
  }

  add({ row, state, contact, differs, atMs }: RowOutcome): void {
    this.byState[state] += 1;
    if (contact === "unknown") this.inDoubt += 1;
    if (differs) this.differing += 1;
    if (row.kind === "refused" || row.belongs) return;
    if (state === "waiting") this.beyondReach += 1;
    // Nobody has written that down: the row is left out since it is not known to be fed.
    if (state === "cancelled" && atMs === undefined) this.perhapsBeyondReach += 1;
  }
}
