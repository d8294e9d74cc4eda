import { Arn, ArnFormat } from "aws-cdk-lib";
import { Grant } from "aws-cdk-lib/aws-iam";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { apisOf } from "#shared/contract/apis-of.ts";
import type { Operation } from "#shared/contract/operation.ts";
import type { PacedApi } from "#shared/contract/paced-api.ts";
import { acknowledge } from "./acknowledge.ts";

/** Lets the worker of an operation make the calls to Amazon Connect that the operation takes, on these instances. */
export function grantConnectCalls(worker: LambdaFunction, operation: Operation, instanceArns: readonly string[]): void {
  for (const api of apisOf(operation)) {
    const resourceArns = [...new Set(instanceArns.flatMap(RESOURCES[api]))];
    Grant.addToPrincipal({ grantee: worker, actions: [`connect:${api}`], resourceArns });
    for (const arn of resourceArns.filter((each) => each.endsWith("*"))) {
      acknowledge(worker.role ?? worker, {
        [`AwsSolutions-IAM5[Resource::${arn}]`]:
          "Flows, users, contacts and phone numbers are named by requests: they are not known at deployment.",
      });
    }
  }
}

const instanceAndBelow = (instanceArn: string): readonly string[] => [instanceArn, `${instanceArn}/*`];

function phoneNumbersBeside(instanceArn: string): string {
  const { partition, region, account } = Arn.split(instanceArn, ArnFormat.SLASH_RESOURCE_NAME);
  return `arn:${partition}:connect:${region}:${account}:phone-number/*`;
}

/**
 * What each call is checked against. For the e-mail operations that is not documented where no flow is named, so all are
 * allowed on the instance and what is below it. StartOutboundChatContact is checked against the phone number as well, whose
 * ARN names no instance; StopContact against the contact alone.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonconnect.html
 */
const RESOURCES: Readonly<Record<PacedApi, (instanceArn: string) => readonly string[]>> = {
  StartEmailContact: instanceAndBelow,
  StartOutboundEmailContact: instanceAndBelow,
  CreateContact: instanceAndBelow,
  StartOutboundChatContact: (arn) => [...instanceAndBelow(arn), phoneNumbersBeside(arn)],
  StopContact: (arn) => [`${arn}/contact/*`],
};
