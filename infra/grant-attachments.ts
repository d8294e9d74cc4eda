import { Arn, ArnFormat } from "aws-cdk-lib";
import { Grant } from "aws-cdk-lib/aws-iam";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { Operation } from "#shared/contract/operation.ts";
import { ENV } from "#shared/env.ts";
import type { Settings } from "#shared/settings.ts";
import { acknowledge } from "./acknowledge.ts";

/** The operations whose requests may name `s3://` objects. */
const TAKE_ATTACHMENTS: readonly Operation[] = ["StartEmailContact"];

/**
 * Tells a worker which buckets attachments may come from, and lets it sign for their objects: Amazon Connect then reads them
 * with the worker's rights. Where a bucket is encrypted with a KMS key, the key's owner lets the worker's role use
 * kms:Decrypt; where it is in another account, its own policy lets the role in as well.
 */
export function grantAttachments(worker: LambdaFunction, operation: Operation, settings: Settings): void {
  const buckets = TAKE_ATTACHMENTS.includes(operation) ? settings.attachmentBuckets : [];
  worker.addEnvironment(ENV.attachmentBuckets, JSON.stringify(buckets));
  for (const arn of buckets.map((bucket) => `arn:${partitionOf(settings)}:s3:::${bucket}/*`)) {
    Grant.addToPrincipal({ grantee: worker, actions: ["s3:GetObject"], resourceArns: [arn] });
    acknowledge(worker.role ?? worker, {
      [`AwsSolutions-IAM5[Resource::${arn}]`]:
        "Requests name the objects, and the settings name the buckets that they may be in.",
    });
  }
}

/** Of the instances: the deployment is where they are. */
function partitionOf({ connectInstanceArns: [arn] }: Settings): string {
  if (arn === undefined) throw new Error("The settings name no Connect instance.");
  return Arn.split(arn, ArnFormat.SLASH_RESOURCE_NAME).partition ?? "aws";
}
