import { declaredOnly } from "./declared-only.ts";

/** Who may use a bucket from elsewhere. */
export const s3BucketPolicy = declaredOnly({
  type: "AWS::S3::BucketPolicy",
  properties: ["Bucket", "PolicyDocument"],
  names: (_properties, { logicalId }) => ({ ref: logicalId, attributes: {} }),
});
