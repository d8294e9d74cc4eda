import { apisOf } from "./apis-of.ts";
import type { Operation } from "./operation.ts";
import { outboundEmailStep } from "./outbound-email-step.ts";
import type { PacedApi } from "./paced-api.ts";

/** What identifies an item of the ledger: a requestId is unique for each instance and operation, or step of one. */
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
export const bucketKey = (api: PacedApi): string => `bucket#${api}`;

/** The keys that the worker of an operation needs, as patterns of IAM. */
export const stateKeysOf = (operation: Operation): readonly string[] => [
  ...stepsOf(operation).map((step) => requestKey({ operation: step, instanceId: "*", requestId: "*" })),
  ...apisOf(operation).map(bucketKey),
];

/** An outbound e-mail has an item for what is sent, and one for each draft that was made for it. */
const stepsOf = (operation: Operation): readonly string[] =>
  operation === "OutboundEmail"
    ? [
        outboundEmailStep("CreateContact", 1),
        `${outboundEmailStep("CreateContact", 1)}/*`,
        outboundEmailStep("StartOutboundEmailContact", 1),
      ]
    : [operation];
