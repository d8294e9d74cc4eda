import { Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import { Grant, type IGrantable, type IRole, type ManagedPolicy } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { BlockPublicAccess, Bucket, BucketEncryption, CfnBucket, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import { Construct, type IConstruct } from "constructs";
import { JOB_FILES_PREFIX, jobFiles } from "#shared/contract/job-files.ts";
import { ENV } from "#shared/env.ts";
import { acknowledge } from "../acknowledge.ts";

export interface PayloadBucketProps {
  /** Encrypts the payloads. */
  readonly key: IKey;
}

/** A dead letter may be redriven, wait again and fail again: its payload outlives several such rounds. */
const KEPT_DAYS = 90;

const DEAD_LETTERS = "dead-letters/*";

/** Where senders put what is too large for SQS. */
const PAYLOADS = "payloads/*";

/** All files of backfills, and those that single grants are about. */
const JOB_FILES = `${JOB_FILES_PREFIX}*`;
const OF_ANY_JOB = jobFiles({ job: "*", startId: "*" });
const REFUSED_ROWS = `${JOB_FILES_PREFIX}*/refused/*`;
const RESULTS = `${OF_ANY_JOB.results}/*`;

/** As long as a backfill can take at all, and its report can be asked for: messages wait 13 days at the most. */
const JOB_FILES_KEPT_DAYS = 30;

/** Bodies and attributes that are too large for SQS, and the files of backfills. Nobody deletes them one by one: they expire. */
export class PayloadBucket extends Construct {
  readonly bucket: Bucket;
  readonly #key: IKey;

  constructor(scope: Construct, id: string, { key }: PayloadBucketProps) {
    super(scope, id);
    this.#key = key;
    this.bucket = new Bucket(this, "Bucket", {
      encryption: BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      lifecycleRules: [
        { expiration: Duration.days(KEPT_DAYS), abortIncompleteMultipartUploadAfter: Duration.days(1) },
        { id: "backfills", prefix: JOB_FILES_PREFIX, expiration: Duration.days(JOB_FILES_KEPT_DAYS) },
      ],
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    acknowledge(this.bucket, {
      "AwsSolutions-S1":
        "Who reads a payload is in CloudTrail where data events are on. A bucket for access logs would hold request paths for nobody.",
    });
  }

  /** Lets a worker read any payload, and store what does not fit into its dead letters. */
  grantWork(worker: LambdaFunction): void {
    Grant.addToPrincipal({
      grantee: worker,
      actions: ["s3:GetObject"],
      resourceArns: [this.bucket.arnForObjects("*")],
    });
    // Without it S3 answers 403 for an object that is gone, and nobody could tell that from a missing right.
    Grant.addToPrincipal({ grantee: worker, actions: ["s3:ListBucket"], resourceArns: [this.bucket.bucketArn] });
    Grant.addToPrincipal({
      grantee: worker,
      actions: ["s3:PutObject"],
      resourceArns: [this.bucket.arnForObjects(DEAD_LETTERS)],
    });
    this.#key.grant(worker, "kms:Decrypt", "kms:GenerateDataKey");
    worker.addEnvironment(ENV.payloadBucketName, this.bucket.bucketName);
    this.#acknowledgeWildcards(worker.role ?? worker, ["*", DEAD_LETTERS]);
  }

  /** Lets somebody store the payloads of requests that are too large for SQS, and read none. */
  grantSend(grantee: IGrantable): Grant {
    return Grant.addToPrincipalOrResource({
      grantee,
      actions: ["s3:PutObject"],
      resourceArns: [this.bucket.arnForObjects(PAYLOADS)],
      resource: this.bucket,
    }).combine(this.#key.grant(grantee, "kms:Decrypt", "kms:GenerateDataKey"));
  }

  /** Lets the feed read the files of backfills, write down the rows that it refuses, and store what is too large for SQS. */
  grantFeed(feed: LambdaFunction): void {
    this.#grantObjects(feed, ["s3:GetObject"], [JOB_FILES]);
    this.#grantObjects(feed, ["s3:PutObject"], [REFUSED_ROWS, PAYLOADS]);
    Grant.addToPrincipal({ grantee: feed, actions: ["s3:ListBucket"], resourceArns: [this.bucket.bucketArn] });
    this.#key.grant(feed, "kms:Decrypt", "kms:GenerateDataKey");
    feed.addEnvironment(ENV.payloadBucketName, this.bucket.bucketName);
    this.#acknowledgeWildcards(feed.role ?? feed, [JOB_FILES, REFUSED_ROWS, PAYLOADS]);
  }

  /** Lets the state machine of backfills read which ranges there are, and write down how they ended. */
  grantRun(role: IRole): void {
    this.#grantObjects(role, ["s3:GetObject"], [OF_ANY_JOB.ranges]);
    // Results may be long, and are then written in parts.
    // https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html
    const write = ["s3:PutObject", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:AbortMultipartUpload"];
    this.#grantObjects(role, write, [RESULTS]);
    this.#key.grant(role, "kms:Decrypt", "kms:GenerateDataKey");
    this.#acknowledgeWildcards(role, [OF_ANY_JOB.ranges, RESULTS]);
  }

  /** Lets people read and write the files of backfills, large requests included. */
  grantOperate(policy: ManagedPolicy): void {
    this.#grantObjects(policy, ["s3:GetObject", "s3:PutObject"], [JOB_FILES]);
    this.#grantObjects(policy, ["s3:PutObject"], [PAYLOADS]);
    Grant.addToPrincipal({ grantee: policy, actions: ["s3:ListBucket"], resourceArns: [this.bucket.bucketArn] });
    this.#key.grant(policy, "kms:Decrypt", "kms:GenerateDataKey");
    this.#acknowledgeWildcards(policy, [JOB_FILES, PAYLOADS]);
  }

  #grantObjects(grantee: IGrantable, actions: string[], patterns: readonly string[]): void {
    const resourceArns = patterns.map((pattern) => this.bucket.arnForObjects(pattern));
    Grant.addToPrincipal({ grantee, actions, resourceArns });
  }

  /** Says why a managed policy for senders may name all payloads. */
  acknowledgeSenders(policy: IConstruct): void {
    this.#acknowledgeWildcards(policy, [PAYLOADS]);
  }

  #acknowledgeWildcards(policy: IConstruct, patterns: readonly string[]): void {
    const cfnBucket = this.bucket.node.defaultChild;
    if (!(cfnBucket instanceof CfnBucket)) throw new Error("The payload bucket has no CloudFormation resource.");
    const arn = `<${Stack.of(this).getLogicalId(cfnBucket)}.Arn>`;
    const reason =
      "The keys of payloads are made as they are written, and the bucket holds nothing but payloads and the files of backfills.";
    for (const pattern of patterns) {
      acknowledge(policy, { [`AwsSolutions-IAM5[Resource::${arn}/${pattern}]`]: reason });
    }
  }
}
