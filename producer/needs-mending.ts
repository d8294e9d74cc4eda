import { accessProblem } from "./access-problem.ts";

/** What S3 says of a bucket that is not there, or in another Region. */
const NO_SUCH_BUCKET: readonly string[] = ["NoSuchBucket", "PermanentRedirect", "AuthorizationHeaderMalformed"];

/** Whether an error comes again, however often the same is tried, until somebody mends something. */
export function needsMending(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const problem = accessProblem(error);
  if (problem !== undefined) return problem !== "unreachable";
  return NO_SUCH_BUCKET.includes(error.name) || isMissingModule(error) || isBug(error);
}

const isMissingModule = (error: Error): boolean => "code" in error && error.code === "ERR_MODULE_NOT_FOUND";

/** `fetch` throws a TypeError where the network fails, and says so in its cause. */
const isBug = (error: Error): boolean =>
  error.cause === undefined && (error instanceof TypeError || error instanceof ReferenceError);
