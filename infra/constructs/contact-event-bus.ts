import { Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import { EventBus, Rule } from "aws-cdk-lib/aws-events";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { ENV } from "#shared/env.ts";
import type { Settings } from "#shared/settings.ts";
import { acknowledge } from "../acknowledge.ts";
import { ContactRequestTarget } from "./contact-request-target.ts";
import type { RequestQueues } from "./request-queues.ts";

export interface ContactEventBusProps {
  readonly settings: Settings;
  /** Encrypts the queues. EventBridge and SNS are let use it, for rules and topics of this account. */
  readonly key: IKey;
}

/**
 * The deployment's event bus: requests come in as events whose detail-type is an operation, and outcomes go out on it. The
 * rules name their detail-type, so that no outcome is ever taken for a request.
 */
export class ContactEventBus extends Construct {
  readonly bus: EventBus;
  /** What EventBridge could not bring to a queue, whichever rule or schedule was to bring it. */
  readonly undeliverable: Queue;

  constructor(scope: Construct, id: string, { settings, key }: ContactEventBusProps) {
    super(scope, id);
    const { prefix, retention } = settings;
    this.bus = new EventBus(this, "Bus", {
      eventBusName: prefix,
      description: "Contact requests come in as events, and their outcomes go out",
    });
    this.undeliverable = new Queue(this, "Undeliverable", {
      queueName: `${prefix}-undeliverable-events`,
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: key,
      enforceSSL: true,
      maxMessageSizeBytes: 1_048_576,
      retentionPeriod: Duration.seconds(retention.deadLetterSeconds),
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    const isTheEnd = "What is in it waits for a person.";
    acknowledge(this.undeliverable, { "AwsSolutions-SQS3": isTheEnd, "Serverless-SQSRedrivePolicy": isTheEnd });
    letDeliverersUse(key);
  }

  /** Brings every event whose detail-type is the operation of these queues to the live one. */
  feed(queues: RequestQueues): void {
    const { operation } = queues;
    new Rule(this, operation, {
      eventBus: this.bus,
      ruleName: operation,
      description: `Brings events of the type ${operation} to its live queue`,
      eventPattern: { detailType: [operation] },
      targets: [new ContactRequestTarget(queues)],
    });
  }

  /** Lets a worker tell what became of its requests. */
  grantTell(worker: LambdaFunction): void {
    this.bus.grantPutEventsTo(worker);
    worker.addEnvironment(ENV.eventBusName, this.bus.eventBusName);
  }
}

/**
 * By account and not by rule: a rule needs its queue and the queue its key, so that the key cannot need the rule. Which
 * rules and topics may send is said by each queue's own policy.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html#compatibility-with-aws-services
 */
function letDeliverersUse(key: IKey): void {
  key.addToResourcePolicy(
    new PolicyStatement({
      principals: ["events.amazonaws.com", "sns.amazonaws.com"].map((service) => new ServicePrincipal(service)),
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      resources: ["*"],
      conditions: { StringEquals: { "aws:SourceAccount": Stack.of(key).account } },
    }),
  );
}
