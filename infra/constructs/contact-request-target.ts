import { Duration } from "aws-cdk-lib";
import type { IRuleRef, IRuleTarget, RuleTargetConfig, RuleTargetInput } from "aws-cdk-lib/aws-events";
import type { Lane } from "#shared/contract/queue-name.ts";
import { admitRule } from "../admit-rule.ts";
import type { RequestQueues } from "./request-queues.ts";

export interface ContactRequestTargetProps {
  /**
   * The queue that the requests go to.
   *
   * @default "live"
   */
  readonly lane?: Lane;

  /**
   * What of the event becomes the message. `RuleTargetInput.fromEventPath("$.detail.contactRequest")` sends a part of it
   * that is a contact request, with whatever characters are in it.
   *
   * @default the whole event, whose detail-type is the operation and whose detail is the request
   */
  readonly message?: RuleTargetInput;
}

/**
 * Feeds a queue of contact requests from an EventBridge rule, of any bus and any stack in the account and Region of the
 * queue. The rule may send to the queue, and what it cannot deliver within a day waits in the deployment's queue for
 * undeliverable events. The event's source is the message's group, for fairness between upstreams: one that is no
 * MessageGroupId (over 128 characters, or with spaces) cannot be delivered.
 *
 * **Do not build the message from texts of the event.** `RuleTargetInput.fromObject` with `EventField`, and
 * `fromText`, become an InputTransformer, which puts values into the message **without escaping them for JSON**: the first
 * quote or line break in a customer's text breaks the message, and what stands behind it can even become another member of
 * the request. Send the whole event, or a part of it with `fromEventPath`, which is written as JSON. Where a request has to
 * be put together, let the program that puts the event do it, or a function between the event and the queue.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 *
 * @example
 * new Rule(this, "Reminders", {
 *   eventPattern: { source: ["shop.orders"], detailType: ["Reminder Due"] },
 *   targets: [
 *     new ContactRequestTarget(requests.queuesOf("StartOutboundChatContact"), {
 *       message: RuleTargetInput.fromEventPath("$.detail.contactRequest"),
 *     }),
 *   ],
 * });
 */
export class ContactRequestTarget implements IRuleTarget {
  readonly #queues: RequestQueues;
  readonly #props: ContactRequestTargetProps;

  constructor(queues: RequestQueues, props: ContactRequestTargetProps = {}) {
    this.#queues = queues;
    this.#props = props;
  }

  bind(rule: IRuleRef): RuleTargetConfig {
    const { lane = "live", message } = this.#props;
    const { [lane]: queue, undeliverable } = this.#queues;
    admitRule(queue, rule);
    admitRule(undeliverable, rule);
    return {
      arn: queue.queueArn,
      sqsParameters: { messageGroupId: "$.source" },
      retryPolicy: { maximumEventAgeInSeconds: Duration.days(1).toSeconds(), maximumRetryAttempts: 185 },
      deadLetterConfig: { arn: undeliverable.queueArn },
      targetResource: queue,
      ...(message === undefined ? {} : { input: message }),
    };
  }
}
