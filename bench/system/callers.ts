/** Access key ids, so that the request log can tell the benchmark's own requests from those of the system. */
export const BENCH = "bench";
export const STRANGER = "stranger";

export const credentialsOf = (accessKeyId: string) => ({ accessKeyId, secretAccessKey: "local" });
