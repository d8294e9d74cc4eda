/** How many worker processes share the quota in the benchmark of the quota. */
export const WORKERS = 4;
