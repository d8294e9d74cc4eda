import { setTimeout as wait } from "node:timers/promises";
import type { SeededRandom } from "../connect-emulator/seeded-random.ts";
import type { OutgoingMessage, SendingService, SendToQueue } from "../queue-sender.ts";
import { deadLetterAttributes } from "./dead-letter-attributes.ts";
import type { EventBridgeFaults } from "./event-bridge-faults.ts";
import type { MatchedEvent } from "./matched-event.ts";
import type { Target } from "./target.ts";
import type { Undelivered } from "./undelivered.ts";

const FIRST_RETRY_MS = 100;
/** A day of retries, as in AWS, would be more than anybody waits for here. */
const LONGEST_RETRY_MS = 5_000;

export interface EventDeliveryParts {
  readonly send: SendToQueue;
  readonly faults: EventBridgeFaults;
  readonly random: SeededRandom;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** What nobody else is told: events that reach neither target nor dead-letter queue. */
  readonly log: (line: string) => void;
}

/** Takes matched events to their targets, tries again what fails, and puts in the dead-letter queue what stays undelivered. */
export class EventDelivery {
  readonly #parts: EventDeliveryParts;
  readonly #stopped = new AbortController();

  constructor(parts: EventDeliveryParts) {
    this.#parts = parts;
  }

  /** Begins the delivery and does not wait for it: nor does PutEvents in AWS. */
  begin(matched: MatchedEvent, target: Target): void {
    const underWay = this.#deliver(matched, target);
    underWay.catch((cause: unknown) => {
      if (this.#stopped.signal.aborted) return;
      this.#parts.log(`A delivery of the rule ${matched.rule.arn} has met a bug: ${String(cause)}`);
    });
  }

  /** What waits for its next attempt is given up. */
  stop(): void {
    this.#stopped.abort();
  }

  async #deliver(matched: MatchedEvent, target: Target): Promise<void> {
    const message = target.message(matched);
    if (message === undefined) return this.#deadLetter(matched, target, { sent: NO_GROUP_ID, retries: 0 });

    const copies = this.#parts.faults.deliveryRepeats() ? [message, message] : [message];
    await Promise.all(copies.map(async (copy) => this.#deliverOne(matched, target, copy)));
  }

  async #deliverOne(matched: MatchedEvent, target: Target, message: OutgoingMessage): Promise<void> {
    const begunMs = this.#parts.now();
    for (let retries = 0; !this.#stopped.signal.aborted; retries += 1) {
      const sent = await this.#parts.send(target.description.Arn, message, serviceOf(matched));
      if (sent.kind === "sent") return;
      if (sent.kind === "refused") return this.#deadLetter(matched, target, { sent, retries });
      if (retries >= target.maximumRetryAttempts) {
        return this.#deadLetter(matched, target, { sent, retries, exhausted: "MaximumRetryAttempts" });
      }
      await wait(this.#retryDelayMs(retries), undefined, { signal: this.#stopped.signal, ref: false });
      if (this.#parts.now() - begunMs > target.maximumEventAgeMs) {
        return this.#deadLetter(matched, target, { sent, retries, exhausted: "MaximumEventAgeInSeconds" });
      }
    }
  }

  /** Exponential, with full jitter above half of it. */
  #retryDelayMs(retries: number): number {
    const longestMs = Math.min(FIRST_RETRY_MS * 2 ** retries, LONGEST_RETRY_MS);
    return longestMs * (0.5 + this.#parts.random() / 2);
  }

  async #deadLetter(matched: MatchedEvent, target: Target, failure: Undelivered): Promise<void> {
    const { Arn, DeadLetterConfig } = target.description;
    const undelivered = `An event that matched ${matched.rule.arn} was not delivered to ${Arn} (${failure.sent.code}: ${failure.sent.message})`;
    if (DeadLetterConfig?.Arn === undefined) {
      return this.#parts.log(`${undelivered}. It is lost: the target has no DeadLetterConfig.`);
    }
    const attributes = deadLetterAttributes(matched, target, failure);
    // The event as it came, not what the target would have been given.
    const body = JSON.stringify(matched.event);
    const sent = await this.#parts.send(DeadLetterConfig.Arn, { body, attributes }, serviceOf(matched));
    if (sent.kind === "sent") return;
    this.#parts.log(
      `${undelivered}. It is lost: nor could ${DeadLetterConfig.Arn} take it (${sent.code}: ${sent.message}).`,
    );
  }
}

const NO_GROUP_ID: Undelivered["sent"] = {
  kind: "refused",
  code: "INVALID_PARAMETER",
  message: "The path of SqsParameters.MessageGroupId leads to no text in the event.",
};

const serviceOf = ({ rule }: MatchedEvent): SendingService => ({
  principal: "events.amazonaws.com",
  sourceArn: rule.arn,
});
