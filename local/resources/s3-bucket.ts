import * as z from "zod";
import { TemplateError } from "../template/template-error.ts";
import { physicalName } from "./physical-name.ts";
import { resourceType } from "./resource-type.ts";

const encryptionRule = z.looseObject({
  ServerSideEncryptionByDefault: z
    .strictObject({ SSEAlgorithm: z.string(), KMSMasterKeyID: z.string().optional() })
    .optional(),
});

const bucketEncryption = z.strictObject({ ServerSideEncryptionConfiguration: z.array(encryptionRule) });

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html */
export const s3Bucket = resourceType({
  type: "AWS::S3::Bucket",
  honoured: z.strictObject({ BucketName: z.string().optional(), BucketEncryption: bucketEncryption.optional() }),
  // About access from elsewhere, access logs, versions and the passing of days.
  withoutMeaning: [
    "AccessControl",
    "LifecycleConfiguration",
    "LoggingConfiguration",
    "OwnershipControls",
    "PublicAccessBlockConfiguration",
    "Tags",
    "VersioningConfiguration",
  ],
  create({ BucketName, BucketEncryption }, place) {
    const name = physicalName(BucketName, place).toLowerCase();
    try {
      place.services.fauxqs.s3Store.createBucket(name);
    } catch (cause) {
      throw new TemplateError(`S3 refuses the bucket name ${name}.`, { cause });
    }
    const { region } = place.stack;
    const arn = `arn:aws:s3:::${name}`;
    // Nothing is encrypted; who may use the key is held to.
    const [rule] = BucketEncryption?.ServerSideEncryptionConfiguration ?? [];
    const keyName = rule?.ServerSideEncryptionByDefault?.KMSMasterKeyID;
    if (keyName !== undefined) place.services.rights.encrypt(arn, keyName);
    return {
      ref: name,
      attributes: {
        Arn: arn,
        DomainName: `${name}.s3.amazonaws.com`,
        RegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
      },
    };
  },
});
