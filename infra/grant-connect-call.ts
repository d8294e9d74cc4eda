import { Arn, ArnFormat } from "aws-cdk-lib";
import { Grant } from "aws-cdk-lib/aws-iam";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { Operation } from "#shared/contract/operation.ts";
import { acknowledge } from "./acknowledge.ts";

/**
 * Lets a worker call one operation of Amazon Connect on these instances.
 *
 * Which resource the e-mail operations are checked against when no flow is named is not documented, so all of them are
 * allowed on the instance and what is below it. StartOutboundChatContact is checked against the phone number as well,
 * whose ARN names no instance.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonconnect.html
 */
export function grantConnectCall(worker: LambdaFunction, operation: Operation, instanceArns: readonly string[]): void {
  const ofInstances = instanceArns.flatMap((arn) => [arn, `${arn}/*`]);
  const phoneNumbers =
    operation === "StartOutboundChatContact" ? [...new Set(instanceArns.map(phoneNumbersBeside))] : [];
  const resourceArns = [...ofInstances, ...phoneNumbers];
  Grant.addToPrincipal({ grantee: worker, actions: [`connect:${operation}`], resourceArns });
  for (const arn of resourceArns.filter((each) => each.endsWith("*"))) {
    acknowledge(worker.role ?? worker, {
      [`AwsSolutions-IAM5[Resource::${arn}]`]:
        "Flows, users, contacts and phone numbers are named by requests: they are not known at deployment.",
    });
  }
}

function phoneNumbersBeside(instanceArn: string): string {
  const { partition, region, account } = Arn.split(instanceArn, ArnFormat.SLASH_RESOURCE_NAME);
  return `arn:${partition}:connect:${region}:${account}:phone-number/*`;
}
