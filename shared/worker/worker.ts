import type { Clock } from "../clock.ts";
import type { ConnectInstance } from "../connect-instance.ts";
import type { Operation } from "../contract/operation.ts";
import type { Attachments } from "./ports/attachments.ts";
import type { Connect } from "./ports/connect.ts";
import type { DeadLetters } from "./ports/dead-letters.ts";
import type { Drafts } from "./ports/drafts.ts";
import type { Jobs } from "./ports/jobs.ts";
import type { Journal } from "./ports/journal.ts";
import type { Ledger } from "./ports/ledger.ts";
import type { Outcomes } from "./ports/outcomes.ts";
import type { Payloads } from "./ports/payloads.ts";
import type { RateLimiter } from "./ports/rate-limiter.ts";
import type { WorkerSettings } from "./worker-settings.ts";

/** A worker for one operation: what it is set to, and the world it works in. */
export interface Worker {
  readonly operation: Operation;
  /** At least one; the first is the default. */
  readonly instances: readonly ConnectInstance[];
  readonly settings: WorkerSettings;
  /** Names that failures may quote from AWS's texts, in lower case. */
  readonly vocabulary: ReadonlySet<string>;
  readonly ledger: Ledger;
  readonly drafts: Drafts;
  readonly jobs: Jobs;
  readonly rateLimiter: RateLimiter;
  readonly connect: Connect;
  readonly deadLetters: DeadLetters;
  readonly outcomes: Outcomes;
  readonly payloads: Payloads;
  readonly attachments: Attachments;
  readonly journal: Journal;
  readonly clock: Clock;
  /** Uniform over [0, 1). */
  readonly random: () => number;
}
