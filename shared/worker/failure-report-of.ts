import type { Failure } from "../failures/failure.ts";
import type { FailureReport } from "../failures/failure-report.ts";
import { leavesDoubt } from "../failures/leaves-doubt.ts";
import type { History } from "../ledger/standing.ts";
import type { Work } from "./work.ts";

/** What a dead letter, and the event about it, say of a request that has failed so. */
export const failureReportOf = (
  { delivery, worker, identity }: Work,
  failure: Failure,
  history: History,
): FailureReport => ({
  failure,
  operation: worker.operation,
  requestId: identity.requestId,
  source: identity.source,
  queue: delivery.queue,
  attempts: history.attempts,
  firstAttempt: momentOf(history.firstAttemptAtMs),
  contact: history.inDoubt || leavesDoubt(failure.kind) ? "unknown" : "none",
  doubtSince: momentOf(history.doubtSinceMs),
});

const momentOf = (atMs: number | undefined): string | null =>
  atMs === undefined ? null : new Date(atMs).toISOString();
