import { backoffMs } from "../failures/backoff.ts";
import type { Failure } from "../failures/failure.ts";
import type { FailureReport } from "../failures/failure-report.ts";
import { leavesDoubt } from "../failures/leaves-doubt.ts";
import type { History } from "../ledger/standing.ts";
import { type Disposition, returned } from "./disposition.ts";
import { faultOf } from "./fault-of.ts";
import { type FailedWork, tellFailure } from "./tell-failure.ts";
import { note } from "./work.ts";

/** What is known of a request that nobody has tried, such as one that does not fulfil the contract. */
export const NEVER_TRIED: History = { attempts: 0, inDoubt: false };

/**
 * Puts the message into the dead-letter queue, tells it, and lets the message go. If the dead letter cannot be sent, or
 * the outcome not told, the message stays. The ledger, where the request has got that far, has it as failed before.
 */
export async function closeWithFailure(work: FailedWork, failure: Failure, history: History): Promise<Disposition> {
  const { delivery, worker } = work;
  const facts = { kind: failure.kind, code: failure.code, attempts: history.attempts };
  const report = reportOf(work, failure, history);
  try {
    await worker.deadLetters.send(delivery, report);
  } catch (error) {
    const delayMs = backoffMs(delivery.receiveCount, worker.settings.retry.backoff, worker.random());
    note(work, { text: "Dead letter could not be sent", level: "error", ...facts, delayMs, fault: faultOf(error) });
    return returned(delayMs);
  }
  note(work, { text: "Contact request dead-lettered", level: "warn", ...facts });
  return await tellFailure(work, report);
}

function reportOf({ delivery, worker, identity }: FailedWork, failure: Failure, history: History): FailureReport {
  return {
    failure,
    operation: worker.operation,
    requestId: identity.requestId,
    source: identity.source,
    queue: delivery.queue,
    attempts: history.attempts,
    firstAttempt: momentOf(history.firstAttemptAtMs),
    contact: history.inDoubt || leavesDoubt(failure.kind) ? "unknown" : "none",
    doubtSince: momentOf(history.doubtSinceMs),
  };
}

const momentOf = (atMs: number | undefined): string | null =>
  atMs === undefined ? null : new Date(atMs).toISOString();
