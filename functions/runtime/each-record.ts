import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import type { Delivery } from "#shared/worker/delivery.ts";
import type { Disposition } from "#shared/worker/disposition.ts";
import { faultOf } from "#shared/worker/fault-of.ts";
import { handleDelivery } from "#shared/worker/handle-delivery.ts";
import { settleFault } from "#shared/worker/settle-fault.ts";
import type { Worker } from "#shared/worker/worker.ts";
import { toDelivery } from "./to-delivery.ts";

/** What a handler works with, beside its worker. */
export interface Hands {
  /** Decides when a record that comes back is visible again. */
  readonly visibility: {
    showAfter(message: { queue: string; receiptHandle: string }, delayMs: number): Promise<void>;
  };
  /** What must be over before the process is frozen, once the records are done. Never rejects. */
  readonly settled: () => Promise<void>;
  /** Resolves after so many milliseconds. */
  readonly timeUp: (waitMs: number) => Promise<void>;
}

/** What is left for the answer itself. A record that is not done by then is not waited for. */
const ANSWER_MS = 250;

/**
 * A handler for an event source mapping with ReportBatchItemFailures: all records side by side, each on its own. It
 * names exactly the records that must come back, in time, and never throws for the batch.
 */
export function eachRecord(worker: Worker, hands: Hands) {
  return async ({ Records }: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const remainingMs = context.getRemainingTimeInMillis();
    const deadlineMs = worker.clock.now() + remainingMs;
    const timeIsUp = hands.timeUp(remainingMs - ANSWER_MS);
    const settled = await Promise.all(
      Records.map(
        async (record) => await Promise.race([settle(record, deadlineMs, { worker, hands }), late(record, timeIsUp)]),
      ),
    );
    await Promise.race([hands.settled(), timeIsUp]);
    const comingBack = settled.filter(({ comesBack }) => comesBack);
    return { batchItemFailures: comingBack.map(({ itemIdentifier }) => ({ itemIdentifier })) };
  };
}

interface Settled {
  readonly itemIdentifier: string;
  readonly comesBack: boolean;
}

/** A record that hangs comes back when its visibility timeout ends. The others are answered as they ended. */
async function late({ messageId }: SQSRecord, timeIsUp: Promise<void>): Promise<Settled> {
  await timeIsUp;
  return { itemIdentifier: messageId, comesBack: true };
}

async function settle(
  record: SQSRecord,
  deadlineMs: number,
  { worker, hands }: { readonly worker: Worker; readonly hands: Hands },
): Promise<Settled> {
  const delivery = toDelivery(record);
  const disposition = await handled(delivery, deadlineMs, worker);
  if (disposition.kind === "acknowledge") return { itemIdentifier: record.messageId, comesBack: false };
  try {
    await hands.visibility.showAfter(
      { queue: delivery.queue, receiptHandle: record.receiptHandle },
      disposition.delayMs,
    );
  } catch (error) {
    // The message comes back all the same, when its visibility timeout ends.
    noteFault(delivery, worker, error);
  }
  return { itemIdentifier: record.messageId, comesBack: true };
}

async function handled(delivery: Delivery, deadlineMs: number, worker: Worker): Promise<Disposition> {
  try {
    return await handleDelivery(delivery, deadlineMs, worker);
  } catch (error) {
    noteFault(delivery, worker, error);
    return await settleFault(delivery, deadlineMs, worker);
  }
}

function noteFault({ messageId, lane }: Delivery, { journal, operation }: Worker, error: unknown): void {
  const text = "Contact request met a fault";
  journal.note({ text, level: "error", messageId, operation, lane, fault: faultOf(error) });
}
