import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { backoffMs } from "#shared/failures/backoff.ts";
import type { Delivery } from "#shared/worker/delivery.ts";
import { type Disposition, returned } from "#shared/worker/disposition.ts";
import { faultOf } from "#shared/worker/fault-of.ts";
import { handleDelivery } from "#shared/worker/handle-delivery.ts";
import type { Worker } from "#shared/worker/worker.ts";
import { toDelivery } from "./to-delivery.ts";

/** Decides when a record that comes back is visible again. */
export interface Visibility {
  showAfter(message: { queue: string; receiptHandle: string }, delayMs: number): Promise<void>;
}

interface Hands {
  readonly worker: Worker;
  readonly visibility: Visibility;
}

interface Settled {
  readonly itemIdentifier: string;
  readonly comesBack: boolean;
}

/**
 * A handler for an event source mapping with ReportBatchItemFailures: all records side by side, each on its own. It
 * names exactly the records that must come back, and never throws for the batch.
 */
export function eachRecord(worker: Worker, visibility: Visibility) {
  return async ({ Records }: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const deadlineMs = worker.clock.now() + context.getRemainingTimeInMillis();
    const settled = await Promise.all(Records.map((record) => settle(record, deadlineMs, { worker, visibility })));
    return {
      batchItemFailures: settled.filter(({ comesBack }) => comesBack).map(({ itemIdentifier }) => ({ itemIdentifier })),
    };
  };
}

async function settle(record: SQSRecord, deadlineMs: number, { worker, visibility }: Hands): Promise<Settled> {
  const delivery = toDelivery(record);
  const disposition = await handled(delivery, deadlineMs, worker);
  if (disposition.kind === "acknowledge") return { itemIdentifier: record.messageId, comesBack: false };
  try {
    await visibility.showAfter({ queue: delivery.queue, receiptHandle: record.receiptHandle }, disposition.delayMs);
  } catch (error) {
    // The message comes back all the same, when its visibility timeout ends.
    noteFault(delivery, worker, error);
  }
  return { itemIdentifier: record.messageId, comesBack: true };
}

/** A delivery that met a fault goes back to the queue: nothing was decided about its request. */
async function handled(delivery: Delivery, deadlineMs: number, worker: Worker): Promise<Disposition> {
  try {
    return await handleDelivery(delivery, deadlineMs, worker);
  } catch (error) {
    noteFault(delivery, worker, error);
    return returned(backoffMs(delivery.receiveCount, worker.settings.retry.backoff, worker.random()));
  }
}

function noteFault({ messageId, lane }: Delivery, { journal, operation }: Worker, error: unknown): void {
  const text = "Contact request met a fault";
  journal.note({ text, level: "error", messageId, operation, lane, fault: faultOf(error) });
}
