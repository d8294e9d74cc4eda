import type { CandidateRow, RefusedRow } from "../candidate-row.ts";
import { type GoodRow, judgeCandidate } from "../judge-candidate.ts";
import type { DeploymentReasons } from "./deployment-reasons.ts";

/** What a plan says of a row. */
export type JudgedRow = GoodRow | RefusedRow | UndeliverableRow;

/** A row that fulfils the contract, so that it would be fed, and that the deployment's worker would refuse. */
export interface UndeliverableRow extends Omit<RefusedRow, "kind"> {
  readonly kind: "undeliverable";
}

/** Judges rows by the contract, and by what the worker of a deployment asks beyond it. */
export const rowJudge =
  (reasonsOf: DeploymentReasons) =>
  (candidate: CandidateRow): JudgedRow => {
    const row = judgeCandidate(candidate);
    if (row.kind === "refused") return row;
    const reasons = reasonsOf(row.request);
    if (reasons.length === 0) return row;
    return { kind: "undeliverable", line: row.line, key: row.key, reasons };
  };
