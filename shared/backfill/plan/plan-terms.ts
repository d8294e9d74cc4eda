import type { Settings } from "../../settings.ts";

/** What a plan reckons with. */
export interface PlanTerms {
  /** When the backfill would be started, in epoch milliseconds. */
  readonly nowMs: number;
  readonly settings: PlanSettings;
  /**
   * How long a contact keeps its place among those that are open, where that is known to be less than the longest: a flow may end a
   * chat at once.
   */
  readonly contactMinutes?: number;
}

/** What a plan reckons with of a deployment's settings. What is left out is not known, and no row is refused for it. */
export interface PlanSettings
  extends Pick<Settings, "quotas" | "quotaShare" | "retention">,
    Partial<Pick<Settings, "connectInstanceArns" | "attachmentBuckets">> {
  /** How many contacts of a kind may be open in one instance at once. */
  readonly openContacts: Readonly<Record<CappedKind, number>>;
}

/** The kinds of contacts whose open ones have a cap. */
export type CappedKind = "chat" | "email" | "task";
