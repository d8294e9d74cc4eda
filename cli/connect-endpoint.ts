import { CommandError } from "./command-error.ts";
import { whyNoAddress } from "./why-no-address.ts";

const VARIABLE = "AWS_ENDPOINT_URL_CONNECT";

/**
 * The address that takes the place of the Connect emulator, if one is set, under the name that the AWS SDKs know. Throws a
 * CommandError for anything but an address.
 */
export function connectEndpoint(): string | undefined {
  const endpoint = process.env[VARIABLE] ?? "";
  if (endpoint === "") return undefined;
  const wrong = whyNoAddress(endpoint);
  if (wrong !== undefined) throw new CommandError(`${VARIABLE} is no address: ${wrong}.`);
  return endpoint;
}
