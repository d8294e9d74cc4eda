import { Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import type { Grant, IGrantable, IRole } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { Queue, QueueEncryption, RedrivePermission } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { MOST_RECEIVES } from "#shared/contract/most-receives.ts";
import type { Operation } from "#shared/contract/operation.ts";
import { type Lane, queueName } from "#shared/contract/queue-name.ts";
import { ENV } from "#shared/env.ts";
import { type Settings, visibilityTimeoutSeconds } from "#shared/settings.ts";
import { acknowledge } from "../acknowledge.ts";

export interface RequestQueuesProps {
  readonly operation: Operation;
  readonly settings: Settings;
  /** Encrypts the messages. */
  readonly key: IKey;
  /** Where EventBridge leaves what it cannot bring to these queues. */
  readonly undeliverable: Queue;
}

const LANES: readonly Lane[] = ["live", "backfill"];

/**
 * The queues of one operation: where requests wait for their contact, a queue for each lane, and where those wait that
 * cannot become one.
 */
export class RequestQueues extends Construct {
  readonly operation: Operation;
  readonly live: Queue;
  readonly backfill: Queue;
  readonly deadLetters: Queue;
  readonly undeliverable: Queue;
  readonly #key: IKey;

  constructor(scope: Construct, id: string, { operation, settings, key, undeliverable }: RequestQueuesProps) {
    super(scope, id);
    this.operation = operation;
    this.undeliverable = undeliverable;
    this.#key = key;
    const { prefix, retention } = settings;
    const common = {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: key,
      enforceSSL: true,
      maxMessageSizeBytes: 1_048_576,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    };
    this.deadLetters = new Queue(this, "DeadLetters", {
      ...common,
      queueName: queueName(prefix, operation, "dead-letters"),
      retentionPeriod: Duration.seconds(retention.deadLetterSeconds),
      redriveAllowPolicy: {
        redrivePermission: RedrivePermission.BY_QUEUE,
        // By name: each queue refers to the other, and CloudFormation could create neither first.
        sourceQueues: LANES.map((lane) => {
          const resource = queueName(prefix, operation, lane);
          return Queue.fromQueueArn(this, `${lane}ByName`, Stack.of(this).formatArn({ service: "sqs", resource }));
        }),
      },
    });
    acknowledge(this.deadLetters, {
      "Serverless-SQSRedrivePolicy": "This is the dead-letter queue: what is in it waits for a person.",
    });
    const source = {
      ...common,
      retentionPeriod: Duration.seconds(retention.queueSeconds),
      visibilityTimeout: Duration.seconds(visibilityTimeoutSeconds(settings, operation)),
      // The worker counts attempts itself, and sends dead letters with their reasons long before.
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: MOST_RECEIVES },
    };
    this.live = new Queue(this, "Live", { ...source, queueName: queueName(prefix, operation, "live") });
    this.backfill = new Queue(this, "Backfill", { ...source, queueName: queueName(prefix, operation, "backfill") });
  }

  /** Lets a worker decide when its messages show again; its event source mappings bring the right with them. */
  grantShowAgain(worker: LambdaFunction): void {
    worker.addEnvironment(
      ENV.sourceQueueUrls,
      Stack.of(this).toJsonString([this.live.queueUrl, this.backfill.queueUrl]),
    );
  }

  /** Lets a worker send dead letters. */
  grantDeadLetters(worker: LambdaFunction): void {
    this.deadLetters.grant(worker, "sqs:SendMessage");
    this.#key.grant(worker, "kms:Decrypt", "kms:GenerateDataKey");
    worker.addEnvironment(ENV.deadLetterQueueUrl, this.deadLetters.queueUrl);
  }

  /** Lets somebody send requests to both lanes, and find the queues by their names. */
  grantSend(grantee: IGrantable): Grant {
    return LANES.map((lane) => this[lane].grant(grantee, "sqs:SendMessage", "sqs:GetQueueUrl")).reduce(
      (all, each) => all.combine(each),
      this.#key.grant(grantee, "kms:Decrypt", "kms:GenerateDataKey"),
    );
  }

  /** Lets the feed send the rows of backfills, and nothing to live. */
  grantFeed(feed: LambdaFunction): void {
    this.backfill.grant(feed, "sqs:SendMessage");
    this.#key.grant(feed, "kms:Decrypt", "kms:GenerateDataKey");
  }

  /** Lets people feed backfills from where they are, and see how much waits. */
  grantOperate(grantee: IGrantable): void {
    this.backfill.grant(grantee, "sqs:SendMessage");
    for (const queue of [this.live, this.backfill, this.deadLetters])
      queue.grant(grantee, "sqs:GetQueueAttributes", "sqs:GetQueueUrl");
    this.#key.grant(grantee, "kms:Decrypt", "kms:GenerateDataKey");
  }

  /** Lets the role of an AWS service bring requests to a lane, and leave what it cannot bring with the undeliverable. */
  grantDeliver(role: IRole, lane: Lane): void {
    this[lane].grant(role, "sqs:SendMessage");
    this.undeliverable.grant(role, "sqs:SendMessage");
    this.#key.grant(role, "kms:Decrypt", "kms:GenerateDataKey");
  }
}
