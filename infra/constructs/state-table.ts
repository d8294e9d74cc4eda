import { RemovalPolicy, Stack } from "aws-cdk-lib";
import { AttributeType, BillingMode, Table, TableEncryption } from "aws-cdk-lib/aws-dynamodb";
import { type IGrantable, PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { JOB_KEYS } from "#shared/contract/job-key.ts";
import type { Operation } from "#shared/contract/operation.ts";
import { stateKeysOf } from "#shared/contract/state-key.ts";
import { ENV } from "#shared/env.ts";

export interface StateTableProps {
  /** Begins the table's name. */
  readonly prefix: string;
  /** Encrypts the items. */
  readonly key: IKey;
}

/**
 * What the workers know together: the ledger, an item for each request; the rate buckets, an item for each Connect API; and
 * the jobs of backfills. Without the ledger a request may become a second contact, so that the table is kept whatever
 * happens to the stack.
 */
export class StateTable extends Construct {
  readonly table: Table;
  readonly #key: IKey;

  constructor(scope: Construct, id: string, { prefix, key }: StateTableProps) {
    super(scope, id);
    this.#key = key;
    this.table = new Table(this, "Table", {
      tableName: `${prefix}-state`,
      partitionKey: { name: "key", type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      timeToLiveAttribute: "keptUntil",
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: key,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
  }

  /**
   * Lets the worker of an operation keep its own requests and the buckets of the APIs that it calls, look up whether a
   * backfill was cancelled, and see no other item.
   */
  grantWork(worker: LambdaFunction, operation: Operation): void {
    this.#grantItems(worker, ["GetItem", "PutItem", "UpdateItem"], stateKeysOf(operation));
    this.#grantItems(worker, ["GetItem"], JOB_KEYS);
    worker.addEnvironment(ENV.stateTableName, this.table.tableName);
  }

  /** Lets the feed see jobs and write down what it has fed of them. */
  grantFeed(feed: LambdaFunction): void {
    this.#grantItems(feed, ["GetItem", "UpdateItem"], JOB_KEYS);
    feed.addEnvironment(ENV.stateTableName, this.table.tableName);
  }

  /** Lets people begin and cancel jobs, and look up what became of requests. */
  grantOperate(grantee: IGrantable): void {
    this.table.grant(grantee, "dynamodb:BatchGetItem", "dynamodb:GetItem");
    this.#grantItems(grantee, ["PutItem", "UpdateItem"], JOB_KEYS);
  }

  /** Every request for these actions names its keys: without one, "for all values" would hold for nothing. */
  #grantItems(grantee: IGrantable, actions: readonly string[], leadingKeys: readonly string[]): void {
    const { grantPrincipal } = grantee;
    grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: actions.map((action) => `dynamodb:${action}`),
        resources: [this.table.tableArn],
        conditions: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": leadingKeys } },
      }),
    );
    grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: KEY_ACTIONS,
        resources: [this.#key.keyArn],
        conditions: { StringEquals: { "kms:ViaService": `dynamodb.${Stack.of(this).region}.amazonaws.com` } },
      }),
    );
  }
}

/**
 * DynamoDB uses the key in the name of whoever asks for an item.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
 */
const KEY_ACTIONS = [
  "kms:Decrypt",
  "kms:DescribeKey",
  "kms:Encrypt",
  "kms:GenerateDataKey",
  "kms:GenerateDataKeyWithoutPlaintext",
  "kms:ReEncryptFrom",
  "kms:ReEncryptTo",
];
