import { type ConnectInstance, parseConnectInstanceArn, servedInstance } from "../../connect-instance.ts";
import type { ContactRequest } from "../../contract/contact-request.ts";
import { parseS3Url } from "../../contract/fields/s3-url.ts";
import type { RowReason } from "../row-reason.ts";
import type { PlanSettings } from "./plan-terms.ts";

/** Says why the worker of a deployment would refuse a request that fulfils the contract; nothing where it would not. */
export type DeploymentReasons = (request: ContactRequest) => readonly RowReason[];

const NOT_SERVED: RowReason = {
  path: "input.InstanceId",
  code: "not-allowed",
  message:
    "must be an instance that the deployment serves: leave it out, or add the instance to the deployment's connectInstanceArns",
};

const NOT_A_BUCKET = "must be in one of the buckets of the deployment's setting attachmentBuckets";

/** What the worker asks of a request beyond the contract, as far as the deployment's settings are known. */
export function deploymentReasons({
  connectInstanceArns,
  attachmentBuckets,
}: Pick<PlanSettings, "connectInstanceArns" | "attachmentBuckets">): DeploymentReasons {
  const served = connectInstanceArns?.flatMap((arn) => parseConnectInstanceArn(arn) ?? []);
  return (request) => [...instanceReasons(request, served), ...bucketReasons(request, attachmentBuckets)];
}

const instanceReasons = (
  { input: { InstanceId } }: ContactRequest,
  served: readonly ConnectInstance[] | undefined,
): readonly RowReason[] =>
  served === undefined || servedInstance(served, InstanceId) !== undefined ? [] : [NOT_SERVED];

/** Only these attachments are signed by the worker; a URL of https is the upstream's own. */
function bucketReasons(request: ContactRequest, buckets: readonly string[] | undefined): readonly RowReason[] {
  if (buckets === undefined || request.operation !== "StartEmailContact") return [];
  return (request.input.Attachments ?? []).flatMap(({ S3Url }, index) => {
    const object = parseS3Url(S3Url);
    if (object === undefined || buckets.includes(object.bucket)) return [];
    return [{ path: `input.Attachments[${index}].S3Url`, code: "not-allowed", message: NOT_A_BUCKET } as const];
  });
}
