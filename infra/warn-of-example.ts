import { Annotations, type Stack } from "aws-cdk-lib";
import type { Settings } from "#shared/settings.ts";
import { EXAMPLE_INSTANCE_ARN } from "./example-instance-arn.ts";

/** Warns, at synth, on a stack that no instance was named for. CDK shows the warnings of stacks, not those of the app. */
export function warnOfExample(stack: Stack, { connectInstanceArns }: Settings): void {
  if (!connectInstanceArns.includes(EXAMPLE_INSTANCE_ARN)) return;
  const message =
    "No Connect instance is named: this template is for looking at and for one machine, and cannot be deployed. To deploy, type: npx cdk deploy -c connectInstanceArn=arn:aws:connect:REGION:ACCOUNT:instance/ID";
  Annotations.of(stack).addWarningV2("contact-requests:no-connect-instance", message);
}
