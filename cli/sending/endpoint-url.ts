import { CommandError } from "../command-error.ts";
import { whyNoAddress } from "../why-no-address.ts";

/** The variables by which the AWS SDKs find an address that stands in for SQS; the first that is set counts. */
const VARIABLES = ["AWS_ENDPOINT_URL_SQS", "AWS_ENDPOINT_URL"];

/**
 * The address that stands in for AWS: the one given, or that of the environment, if there is one. Throws a CommandError for
 * an environment that names something else.
 */
export function endpointUrl(given: string | undefined): string | undefined {
  if (given !== undefined) return given;
  const variable = VARIABLES.find((name) => (process.env[name] ?? "") !== "");
  const address = variable === undefined ? undefined : process.env[variable];
  const wrong = address === undefined ? undefined : whyNoAddress(address);
  if (wrong !== undefined) throw new CommandError(`${variable} is no address: ${wrong}.`);
  return address;
}
