import { CommandError } from "../command-error.ts";

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

/** What is wrong with an address, and what to give in its place; nothing for one that is right. */
export function whyNoAddress(text: string): string | undefined {
  if (isHttp(text)) return undefined;
  const mended = `http://${text}`;
  return `it begins with http:// or https://, so give ${isHttp(mended) && !text.includes("://") ? mended : "one such as http://127.0.0.1:4566"}`;
}

const isHttp = (text: string): boolean => /^https?:\/\/[^/]/i.test(text) && URL.canParse(text);
