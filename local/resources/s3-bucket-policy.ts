import * as z from "zod";
import { readPolicy } from "../iam/read-policy.ts";
import { resourceType } from "./resource-type.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucketpolicy.html */
export const s3BucketPolicy = resourceType({
  type: "AWS::S3::BucketPolicy",
  honoured: z.strictObject({ Bucket: z.string(), PolicyDocument: z.unknown() }),
  withoutMeaning: [],
  create({ Bucket, PolicyDocument }, { logicalId, services }) {
    services.rights.setResourcePolicy(`arn:aws:s3:::${Bucket}`, readPolicy(PolicyDocument, "resource"));
    return { ref: logicalId, attributes: {} };
  },
});
