/**
 * How old a worker's knowledge of a job may be when it calls Connect. Whoever cancels a job can rely on it: so long after
 * the mark is written no call for one of its rows begins.
 */
export const MOST_AGE_OF_JOBS_MS = 1_000;
