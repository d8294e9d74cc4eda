import { InvalidArgumentError } from "commander";
import { isJobName, JOB_NAME_RULE } from "#shared/backfill/job-name.ts";

/** Reads the name of a job from the command line. */
export function jobArgument(text: string): string {
  if (isJobName(text)) return text;
  throw new InvalidArgumentError(`The name of a job ${JOB_NAME_RULE}.`);
}
