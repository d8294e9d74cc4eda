import type { Sent } from "../queue-sender.ts";

/** How a delivery ended that did not succeed. */
export interface Undelivered {
  readonly sent: Exclude<Sent, { kind: "sent" }>;
  readonly retries: number;
  readonly exhausted?: "MaximumRetryAttempts" | "MaximumEventAgeInSeconds";
}
