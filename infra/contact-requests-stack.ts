import { Stack, type StackProps } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { parseConnectInstanceArn } from "#shared/connect-instance.ts";
import { ContactRequests, type ContactRequestsProps } from "./constructs/contact-requests.ts";

/** One deployment, in the account and Region of its Connect instances. */
export class ContactRequestsStack extends Stack {
  constructor(scope: Construct, id: string, props: ContactRequestsProps) {
    super(scope, id, {
      stackName: props.settings.prefix ?? "contact-requests",
      description: "Turns contact requests on SQS queues into Amazon Connect contacts",
      ...placeOf(props.settings.connectInstanceArns),
    });
    new ContactRequests(this, "ContactRequests", props);
  }
}

/** A Connect instance answers in its own Region only, so that this is where its requests are worked on. */
function placeOf([arn]: readonly string[]): StackProps {
  const instance = arn === undefined ? undefined : parseConnectInstanceArn(arn);
  return instance === undefined ? {} : { env: { account: instance.account, region: instance.region } };
}
