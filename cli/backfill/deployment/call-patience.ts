/** How long the clients of AWS services wait: what is under way may take as long as AWS takes on a bad day. */
export const CALL_PATIENCE = {
  maxAttempts: 5,
  requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000, throwOnRequestTimeout: true },
};
