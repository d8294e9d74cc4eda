import type { LegibleIdentity } from "../contract/legible-identity.ts";
import type { AcceptedRequest } from "./accepted-request.ts";
import type { Delivery } from "./delivery.ts";
import type { JournalEntry } from "./ports/journal.ts";
import type { Step } from "./step.ts";
import type { Worker } from "./worker.ts";

/** One delivery in the hands of a worker. */
export interface Work {
  readonly delivery: Delivery;
  readonly worker: Worker;
  readonly identity: LegibleIdentity;
  readonly begunAtMs: number;
  /** When this process may be stopped. */
  readonly deadlineMs: number;
}

/** A delivery whose message fulfils the contract. */
export interface AcceptedWork extends Work {
  readonly accepted: AcceptedRequest;
}

/** A delivery at one of the calls that its request takes. */
export interface StepWork extends AcceptedWork {
  readonly step: Step;
}

type Remark = Pick<JournalEntry, "text" | "level"> & Partial<JournalEntry>;

/** Tells the journal something about a delivery, with all that identifies it. */
export function note({ delivery, worker, identity, begunAtMs, step }: Work & Partial<StepWork>, remark: Remark): void {
  worker.journal.note({
    messageId: delivery.messageId,
    operation: worker.operation,
    ...(step !== undefined && step.api !== worker.operation && { api: step.api }),
    lane: delivery.lane,
    ...(identity.requestId !== null && { requestId: identity.requestId }),
    ...(identity.source !== null && { source: identity.source }),
    durationMs: worker.clock.now() - begunAtMs,
    ...remark,
  });
}
