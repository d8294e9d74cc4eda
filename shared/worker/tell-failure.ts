import type { FailureReport } from "../failures/failure-report.ts";
import type { AcceptedRequest } from "./accepted-request.ts";
import { acknowledgeOnceTold } from "./acknowledge-once-told.ts";
import type { Disposition } from "./disposition.ts";
import type { Work } from "./work.ts";

/** A delivery that ends in a failure: of a message that fulfils the contract, or of one that does not. */
export interface FailedWork extends Work {
  readonly accepted?: AcceptedRequest;
}

const MAX_ISSUES = 20;

/** Tells that a request is a dead letter, and lets the message go. */
export async function tellFailure(
  work: FailedWork,
  { failure, requestId, source, contact, attempts }: FailureReport,
): Promise<Disposition> {
  const { accepted, worker } = work;
  const { code, kind, message, issues = [] } = failure;
  return await acknowledgeOnceTold(work, {
    detailType: "Contact Request Failed",
    detail: {
      requestId,
      source,
      operation: worker.operation,
      instanceId: accepted?.instance.id ?? null,
      failure: {
        code,
        kind,
        message,
        ...(issues.length > 0 && { issues: issues.slice(0, MAX_ISSUES), issueCount: issues.length }),
      },
      contact,
      attempts,
      at: new Date(worker.clock.now()).toISOString(),
    },
  });
}
