/**
 * The part of an SDK client's settings that says how long it waits: for a connection and then for an answer
 * `attemptMs` each, in at most two attempts. A worker's
 * time is limited, and a call that hangs would take it from all the records of its batch.
 */
export const patience = (attemptMs: number) => ({
  maxAttempts: 2,
  requestHandler: {
    connectionTimeout: attemptMs,
    requestTimeout: attemptMs,
    // Without it the time is over, and nothing but a warning happens.
    throwOnRequestTimeout: true,
  },
});
