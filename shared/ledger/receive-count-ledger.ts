import type { CapacityRefusals } from "../failures/capacity-refusals.ts";
import type { Attempt, AttemptOutcome, History, OpenStanding } from "./standing.ts";

/** What this ledger reads of a delivery. */
interface CountedDelivery {
  readonly messageId: string;
  readonly receiveCount: number;
  readonly firstReceivedAtMs: number;
}

interface Remembered {
  readonly inDoubt: boolean;
  readonly capacityRefusals?: CapacityRefusals;
}

/** More messages than this are never in the hands of one process at once. */
const MEMORY = 1_000;

/**
 * A ledger without a table: it counts the receives that SQS counts, and relies on Connect's client token for requests
 * that come again. What it remembers beyond that, it forgets with its process.
 */
export class ReceiveCountLedger {
  readonly #remembered = new Map<string, Remembered>();

  async lookUp({ delivery }: { readonly delivery: CountedDelivery }): Promise<OpenStanding> {
    const earlier = this.#history(delivery, delivery.receiveCount - 1);
    return { kind: "open", history: earlier };
  }

  async begin({ delivery }: { readonly delivery: CountedDelivery }): Promise<{ kind: "begun"; attempt: Attempt }> {
    const history = this.#history(delivery, delivery.receiveCount);
    return { kind: "begun", attempt: { ...history, firstAttemptAtMs: delivery.firstReceivedAtMs } };
  }

  async finish({ delivery }: { readonly delivery: CountedDelivery }, outcome: AttemptOutcome): Promise<void> {
    const before = this.#remembered.get(delivery.messageId);
    this.#remembered.delete(delivery.messageId);
    if (outcome.kind !== "unfinished") return;
    const { leavesDoubt, capacityRefusals } = outcome;
    const inDoubt = leavesDoubt || (before?.inDoubt ?? false);
    this.#remembered.set(delivery.messageId, { inDoubt, ...(capacityRefusals && { capacityRefusals }) });
    const [oldest] = this.#remembered.keys();
    if (this.#remembered.size > MEMORY && oldest !== undefined) this.#remembered.delete(oldest);
  }

  /** A message that SQS gave out before may have been called for then, and nobody here has seen how it ended. */
  #history({ messageId, receiveCount, firstReceivedAtMs }: CountedDelivery, attempts: number): History {
    const remembered = this.#remembered.get(messageId);
    return {
      attempts,
      ...(attempts > 0 && { firstAttemptAtMs: firstReceivedAtMs }),
      inDoubt: receiveCount > 1 || (remembered?.inDoubt ?? false),
      ...(remembered?.capacityRefusals && { capacityRefusals: remembered.capacityRefusals }),
    };
  }
}
