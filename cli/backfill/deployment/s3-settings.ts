import type { AwsAccess } from "./aws-access.ts";

/** How clients of S3 are made: what stands in for AWS answers at one address, and not at one for each bucket. */
export const s3Settings = ({ client, endpoint }: AwsAccess) => ({ ...client, forcePathStyle: endpoint !== undefined });
