import type { Operation } from "./operation.ts";

/** What identifies a request: its requestId is unique for each instance and operation. */
export interface RequestIdentity {
  readonly operation: string;
  readonly instanceId: string;
  readonly requestId: string;
}

/**
 * The key of a request's item in the state table: `request#CreateContact#INSTANCE#billing/4711`. Neither operations nor
 * instance ids hold a `#`, so that no two requests have the same key.
 */
export const requestKey = ({ operation, instanceId, requestId }: RequestIdentity): string =>
  `request#${operation}#${instanceId}#${requestId}`;

/** The key of a Connect API's rate bucket in the state table. */
export const bucketKey = (api: Operation): string => `bucket#${api}`;

/** The keys that the worker of an operation needs, as patterns of IAM. */
export const stateKeysOf = (operation: Operation): readonly string[] => [
  requestKey({ operation, instanceId: "*", requestId: "*" }),
  bucketKey(operation),
];
