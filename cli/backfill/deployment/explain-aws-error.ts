import { accessProblem } from "#producer/access-problem.ts";
import { memberOf, readSdkError } from "#shared/aws/sdk-error.ts";
import { UnreadableItemError } from "#shared/worker/unreadable-item-error.ts";
import { CommandError } from "../../command-error.ts";

/** Where a call to AWS went. */
export interface CallPlace {
  readonly prefix: string;
  /** The address that stands in for AWS, if there is one. */
  readonly endpoint?: string;
}

const LOCAL_ADDRESS = "http://127.0.0.1:4566";

/**
 * What to tell people about what AWS, or the way to it, answered; nothing for an error that is none of theirs. `doing` says
 * what was to be done, as in `read the state table`.
 */
export function explainAwsError(error: unknown, doing: string, place: CallPlace): CommandError | undefined {
  if (error instanceof CommandError) return error;
  if (error instanceof UnreadableItemError) return new CommandError(error.message, { cause: error });
  const message = sentence(error, doing, place);
  return message === undefined ? undefined : new CommandError(message, { cause: error });
}

/** Does something with AWS. Rejects with a CommandError for what AWS answered, and with everything else as it is. */
export async function explained<Value>(doing: string, place: CallPlace, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    throw explainAwsError(error, doing, place) ?? error;
  }
}

function sentence(error: unknown, doing: string, { prefix, endpoint }: CallPlace): string | undefined {
  const { name, message = "" } = readSdkError(error);
  switch (accessProblem(error)) {
    case "no-rights":
      return `These credentials may not ${doing}: the managed policy ${prefix}-operators-REGION of the deployment has all rights that backfills need (${message}).`;
    case "no-credentials":
      return `There are no valid AWS credentials to ${doing} (${name}: ${message}). Give --profile, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; the local system takes any values.`;
    case "no-region":
      return "No valid AWS Region is set. Give --region, or set AWS_REGION; the local system is in us-east-1.";
    case "unreachable":
      return unreachable(name, endpoint);
    case "no-queue":
    case undefined:
      break;
  }
  if (name === "ParameterNotFound") return noDeployment(prefix);
  if (memberOf(error, "$metadata") === undefined && !PASSING.includes(name)) return undefined;
  return `AWS did not ${doing} (${name}: ${message}). Try again; what was done before is not done twice.`;
}

/** Broken connections, calls without an answer, and answers that are not whole. */
const PASSING = ["IncompleteAnswerError", "TimeoutError", "ECONNRESET", "EPIPE", "ETIMEDOUT"];

const noDeployment = (prefix: string): string =>
  `There is no deployment ${prefix} in this account and Region that publishes its settings. Deploy the system first, or say which deployment is meant with --prefix, and where it is with --region or --profile.`;

function unreachable(code: string, endpoint: string | undefined): string {
  if (endpoint !== undefined) {
    return `${endpoint} cannot be reached (${code}). Check the address in --endpoint-url or AWS_ENDPOINT_URL, and that something listens there.`;
  }
  return `AWS cannot be reached (${code}). No --endpoint-url is given, so this was meant for AWS: check the network and the Region. The local system is at --endpoint-url ${LOCAL_ADDRESS}.`;
}
