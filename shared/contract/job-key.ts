import type { JobStart } from "./job-start.ts";

/** The key of a job's item in the state table: `job#spring`. No name of a job holds a `#`. */
export const jobKey = (job: string): string => `job#${job}`;

/**
 * The key of the item that says which ranges of a start's file have been fed: `job#spring#fed#0a1b2c3d4e5f`. It is beside
 * the job's own item, which workers read for every message: this one grows with the file.
 */
export const fedRangesKey = ({ job, startId }: JobStart): string => `${jobKey(job)}#fed#${startId}`;

/** The keys of all items about jobs, as patterns of IAM. */
export const JOB_KEYS: readonly string[] = [jobKey("*")];
