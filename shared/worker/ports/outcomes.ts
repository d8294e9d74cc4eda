import type { Outcome } from "../../outcomes/outcome.ts";

/** Where upstreams hear what became of their requests. */
export interface Outcomes {
  /** Tells an outcome, at least once. Rejects if it could not: then the message must stay. */
  tell(outcome: Outcome): Promise<void>;
}
