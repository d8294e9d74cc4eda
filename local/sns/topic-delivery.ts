import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import * as z from "zod";
import type { FauxqsStores } from "../fauxqs/fauxqs-stores.ts";
import type { OutgoingMessage, SendToQueue, Sent } from "../queue-sender.ts";
import type { FilterPolicies, Subscription } from "./filter-policy.ts";
import { notification } from "./notification.ts";
import type { Publication } from "./publication.ts";
import { SnsRefusal } from "./sns-refusal.ts";

const RETRY_MS = 500;
/** SQS takes ten; with more, SNS gives a raw message up. https://docs.aws.amazon.com/sns/latest/dg/sns-large-payload-raw-message-delivery.html */
const MOST_ATTRIBUTES = 10;

export interface TopicDeliveryParts {
  readonly snsStore: FauxqsStores["snsStore"];
  readonly passesFilter: FilterPolicies;
  readonly send: SendToQueue;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** What nobody else is told: messages that reach neither queue nor dead-letter queue. */
  readonly log: (line: string) => void;
}

/** Takes what is published on a topic to the queues that are subscribed to it, as the service that queue policies name. */
export class TopicDelivery {
  readonly #parts: TopicDeliveryParts;
  readonly #stopped = new AbortController();

  constructor(parts: TopicDeliveryParts) {
    this.#parts = parts;
  }

  /** Throws a NotFound. Gives the message's id, and does not wait for the deliveries: nor does Publish in AWS. */
  publish(topicArn: string, publication: Publication): string {
    const { snsStore, passesFilter, log } = this.#parts;
    const topic = snsStore.getTopic(topicArn);
    if (topic === undefined) throw new SnsRefusal("NotFound", "Topic does not exist", 404);
    const messageId = randomUUID();
    for (const subscription of topic.subscriptionArns.map((arn) => snsStore.getSubscription(arn))) {
      if (subscription?.protocol !== "sqs" || !passesFilter(subscription, publication)) continue;
      this.#deliver(subscription, this.#composed(subscription, publication, messageId)).catch((cause: unknown) => {
        if (!this.#stopped.signal.aborted) log(`A delivery of the topic ${topicArn} has met a bug: ${String(cause)}`);
      });
    }
    return messageId;
  }

  /** What waits for its next attempt is given up. */
  stop(): void {
    this.#stopped.abort();
  }

  #composed({ arn, topicArn, attributes }: Subscription, publication: Publication, messageId: string): OutgoingMessage {
    const { messageGroupId } = publication;
    const group = messageGroupId === undefined ? {} : { messageGroupId };
    if (attributes["RawMessageDelivery"] === "true") {
      return { body: publication.message, attributes: publication.attributes, ...group };
    }
    const place = { messageId, topicArn, subscriptionArn: arn, nowMs: this.#parts.now() };
    return { body: notification(publication, place), ...group };
  }

  async #deliver(subscription: Subscription, message: OutgoingMessage): Promise<void> {
    const { endpoint, topicArn } = subscription;
    while (!this.#stopped.signal.aborted) {
      const sent = await this.#sent(endpoint, message, topicArn);
      if (sent.kind === "sent") return;
      if (sent.kind === "refused") return this.#deadLetter(subscription, message, sent);
      await wait(RETRY_MS, undefined, { signal: this.#stopped.signal, ref: false });
    }
  }

  async #sent(queueArn: string, message: OutgoingMessage, sourceArn: string): Promise<Sent> {
    if (Object.keys(message.attributes ?? {}).length > MOST_ATTRIBUTES) {
      return { kind: "refused", code: "INVALID_PARAMETER", message: "SQS takes at most ten message attributes." };
    }
    return this.#parts.send(queueArn, message, { principal: "sns.amazonaws.com", sourceArn });
  }

  async #deadLetter(
    { attributes, endpoint, topicArn }: Subscription,
    message: OutgoingMessage,
    refusal: Exclude<Sent, { kind: "sent" }>,
  ): Promise<void> {
    const undelivered = `A message on ${topicArn} was not delivered to ${endpoint} (${refusal.message})`;
    const queueArn = deadLetterQueueOf(attributes["RedrivePolicy"]);
    if (queueArn === undefined) {
      this.#parts.log(`${undelivered}. It is lost: the subscription has no RedrivePolicy.`);
      return;
    }
    const sent = await this.#sent(queueArn, message, topicArn);
    if (sent.kind === "sent") return;
    this.#parts.log(`${undelivered}. It is lost: nor could ${queueArn} take it (${sent.message}).`);
  }
}

const redrivePolicy = z.looseObject({ deadLetterTargetArn: z.string() });

function deadLetterQueueOf(policy: string | undefined): string | undefined {
  if (policy === undefined || policy === "") return undefined;
  return redrivePolicy.safeParse(JSON.parse(policy)).data?.deadLetterTargetArn;
}
