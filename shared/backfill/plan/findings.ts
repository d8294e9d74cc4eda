import type { OpenContactsLimit } from "./open-contacts-limit.ts";
import type { QuotaPace } from "./quota-pace.ts";
import type { RowFacts } from "./row-facts.ts";
import type { Schedule } from "./schedule.ts";
import type { TimedWork } from "./timed-work.ts";

/** What a plan has found out. */
export interface Findings {
  readonly nowMs: number;
  /** Of good rows, each key once. */
  readonly facts: RowFacts;
  readonly pace: QuotaPace;
  /** Those rows, without the ones that expire before they could be sent. */
  readonly works: readonly TimedWork[];
  readonly schedule: Schedule;
  /** Those of which some are likely to expire before their turn comes. */
  readonly late: readonly TimedWork[];
  /** When a row that is fed now would be dead-lettered since its message is too old. */
  readonly staleMs: number;
  readonly limits: readonly OpenContactsLimit[];
}
