const JOB_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;

/** What a job may be called, as the end of a sentence. */
export const JOB_NAME_RULE = "must be 1 to 63 letters, digits, points, - and _, a letter or digit first";

/** Whether a job can have this name: without a slash, so that what stands before the first slash of a requestId is the whole name. */
export const isJobName = (name: string): boolean => JOB_NAME.test(name);

/** The requestId of a row. */
export const requestIdOf = (job: string, key: string): string => `${job}/${key}`;
