import { type Command, InvalidArgumentError } from "commander";
import { DEFAULT_PREFIX } from "../../default-prefix.ts";
import { whyNoAddress } from "../../why-no-address.ts";

/** Which deployment is meant, as options of the command line say it. */
export interface DeploymentOptions {
  readonly prefix: string;
  readonly endpointUrl?: string;
  readonly region?: string;
  readonly profile?: string;
}

/** The options of every command that works with a deployment, in the words of the AWS CLI. */
export const withDeploymentOptions = (command: Command): Command =>
  command
    .option("--prefix <PREFIX>", "which deployment: what the names of its queues begin with", DEFAULT_PREFIX)
    .option("--endpoint-url <URL>", "an address that stands in for AWS, such as http://127.0.0.1:4566", anAddress)
    .option("--region <REGION>", "the AWS Region (default: as the AWS SDK finds it)")
    .option("--profile <PROFILE>", "the AWS profile (default: as the AWS SDK finds it)");

function anAddress(text: string): string {
  const wrong = whyNoAddress(text);
  if (wrong !== undefined) throw new InvalidArgumentError(`An address is needed: ${wrong}.`);
  return text;
}
