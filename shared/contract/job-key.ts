/** The key of a job's item in the state table: `job#spring`. No name of a job holds a `#`. */
export const jobKey = (job: string): string => `job#${job}`;

/**
 * The key of the item that says which ranges of a job's file have been fed: `job#spring#fed#HASH`. It is beside the job's
 * own item, which workers read for every message: this one grows with the file. Of another file the ranges are others.
 */
export const fedRangesKey = (job: string, fileHash: string): string => `${jobKey(job)}#fed#${fileHash}`;

/** The keys of all items about jobs, as patterns of IAM. */
export const JOB_KEYS: readonly string[] = [jobKey("*")];
