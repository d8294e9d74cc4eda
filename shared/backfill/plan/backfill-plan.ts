import type { Operation } from "../../contract/operation.ts";
import type { Duplicates } from "../keys/duplicates.ts";
import type { OpenContactsLimit } from "./open-contacts-limit.ts";
import type { QuotaPace } from "./quota-pace.ts";
import type { BrokenRule } from "./rule-counts.ts";
import type { Schedule } from "./schedule.ts";

/** What would become of a file, as plain data. Moments are epoch milliseconds, lines count from 1. */
export interface BackfillPlan {
  readonly job: string;
  readonly operation: Operation;
  /** `good` and `refused` together. */
  readonly rows: number;
  /** Rows that fulfil the contract, duplicates included. */
  readonly good: number;
  readonly refused: number;
  /** Among the refused: rows that fulfil the contract, so that they would be fed, and that the deployment's worker would refuse. */
  readonly undeliverable: number;
  /** The rules that refused rows break, the most broken first. */
  readonly rules: readonly BrokenRule[];
  /** How often rules were broken that are none of `rules`, of which there are at most 200. */
  readonly otherRules: number;
  /** Among the good rows. */
  readonly duplicates: Duplicates;
  /** How many contacts that makes: good rows, each key once. */
  readonly contacts: number;
  readonly pace: QuotaPace;
  /** Null where no row is good, or all of them expire before they could be sent. */
  readonly schedule: Schedule | null;
  /** From when on a row that is fed now would be dead-lettered as too old. */
  readonly staleMs: number;
  /** For each kind in each instance. */
  readonly openContacts: readonly OpenContactsLimit[];
  /** How many of these contacts a cancel of the job would not reach. */
  readonly outsideJob: number;
  readonly verdict: Verdict;
  /** What is worth knowing, possible or not: a sentence each. */
  readonly cautions: readonly string[];
}

/** Impossible: the rows that do not expire before they may be sent first could not all be sent, in any order, or there are none. */
export type Verdict =
  | { readonly kind: "possible" }
  | { readonly kind: "impossible"; readonly reasons: readonly string[] };
