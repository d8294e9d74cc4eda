import * as z from "zod";
import { TemplateError } from "../template/template-error.ts";
import { physicalName } from "./physical-name.ts";
import { resourceType } from "./resource-type.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html */
export const s3Bucket = resourceType({
  type: "AWS::S3::Bucket",
  honoured: z.strictObject({ BucketName: z.string().optional() }),
  // About encryption, access from elsewhere, access logs, versions and the passing of days.
  withoutMeaning: [
    "AccessControl",
    "BucketEncryption",
    "LifecycleConfiguration",
    "LoggingConfiguration",
    "OwnershipControls",
    "PublicAccessBlockConfiguration",
    "Tags",
    "VersioningConfiguration",
  ],
  create({ BucketName }, place) {
    const name = physicalName(BucketName, place).toLowerCase();
    try {
      place.services.fauxqs.s3Store.createBucket(name);
    } catch (cause) {
      throw new TemplateError(`S3 refuses the bucket name ${name}.`, { cause });
    }
    const { region } = place.stack;
    return {
      ref: name,
      attributes: {
        Arn: `arn:aws:s3:::${name}`,
        DomainName: `${name}.s3.amazonaws.com`,
        RegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
      },
    };
  },
});
