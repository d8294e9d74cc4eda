import { Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import { Grant, type IGrantable } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { BlockPublicAccess, Bucket, BucketEncryption, CfnBucket, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import { Construct, type IConstruct } from "constructs";
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

/** Bodies and attributes that are too large for SQS. Nobody deletes them one by one: they expire. */
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
      lifecycleRules: [{ expiration: Duration.days(KEPT_DAYS), abortIncompleteMultipartUploadAfter: Duration.days(1) }],
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

  /** Says why a managed policy for senders may name all payloads. */
  acknowledgeSenders(policy: IConstruct): void {
    this.#acknowledgeWildcards(policy, [PAYLOADS]);
  }

  #acknowledgeWildcards(policy: IConstruct, patterns: readonly string[]): void {
    const cfnBucket = this.bucket.node.defaultChild;
    if (!(cfnBucket instanceof CfnBucket)) throw new Error("The payload bucket has no CloudFormation resource.");
    const arn = `<${Stack.of(this).getLogicalId(cfnBucket)}.Arn>`;
    const reason = "The keys of payloads are made as they are written, and the bucket holds nothing but payloads.";
    for (const pattern of patterns) {
      acknowledge(policy, { [`AwsSolutions-IAM5[Resource::${arn}/${pattern}]`]: reason });
    }
  }
}
