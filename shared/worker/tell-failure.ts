import type { FailureReport } from "../failures/failure-report.ts";
import { toldIssues } from "../failures/told-issues.ts";
import type { AcceptedRequest } from "./accepted-request.ts";
import { tellOutcome } from "./tell-outcome.ts";
import type { Work } from "./work.ts";

/** A delivery that ends in a failure: of a message that fulfils the contract, or of one that does not. */
export interface FailedWork extends Work {
  readonly accepted?: AcceptedRequest;
}

/** Tells that a request has failed, and answers whether it is told. */
export async function tellFailure(
  work: FailedWork,
  { failure, requestId, source, contact, attempts }: FailureReport,
): Promise<boolean> {
  const { accepted, worker } = work;
  const { code, kind, message } = failure;
  return await tellOutcome(work, {
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
        ...toldIssues(failure),
      },
      contact,
      attempts,
      at: new Date(worker.clock.now()).toISOString(),
    },
  });
}
