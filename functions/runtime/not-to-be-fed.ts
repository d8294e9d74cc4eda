import type { StartStanding } from "#shared/backfill/start-standing.ts";
import { InvalidFeed } from "./invalid-feed.ts";

type NoStart = Exclude<StartStanding, "open" | "cancelled">;

const SENTENCES: Readonly<Record<NoStart, (job: string) => string>> = {
  "no-job": (job) => `There is no job ${job} in the state table. Start it first.`,
  "another-start": (job) => `The job ${job} belongs to another start than this run. Start it again to go on with that.`,
  "not-stored": (job) => `The files of the job ${job} are not stored yet. Start it again.`,
};

/** Why a run can do nothing for its start. */
export const notToBeFed = (standing: NoStart, job: string): InvalidFeed => new InvalidFeed(SENTENCES[standing](job));
