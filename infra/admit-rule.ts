import { Lazy, Stack } from "aws-cdk-lib";
import type { IRuleRef } from "aws-cdk-lib/aws-events";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { Queue } from "aws-cdk-lib/aws-sqs";

const admitted = new WeakMap<Queue, Set<string>>();

/**
 * Lets an EventBridge rule send to a queue. The key is not in it: the key's policy names the account (see
 * ContactEventBus).
 *
 * All rules stand in one statement, since a queue's policy takes no more than 20.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html
 */
export function admitRule(queue: Queue, rule: IRuleRef): void {
  const arn = sourceArn(queue, rule);
  const known = admitted.get(queue);
  if (known !== undefined) {
    known.add(arn);
    return;
  }
  const arns = new Set([arn]);
  admitted.set(queue, arns);
  queue.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal("events.amazonaws.com")],
      actions: ["sqs:SendMessage"],
      resources: [queue.queueArn],
      conditions: { ArnLike: { "aws:SourceArn": Lazy.list({ produce: () => [...arns] }) } },
    }),
  );
}

/**
 * A rule in another stack needs the queue's ARN, so that this stack cannot need the rule's too. The queue then admits every
 * rule of the account: who may write rules there may write such a one.
 */
function sourceArn(queue: Queue, rule: IRuleRef): string {
  const stack = Stack.of(queue);
  if (Stack.of(rule) === stack) return rule.ruleRef.ruleArn;
  return stack.formatArn({ service: "events", resource: "rule", resourceName: "*" });
}
