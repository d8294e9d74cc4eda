import { DynamoDbFedRanges } from "#shared/aws/dynamodb-fed-ranges.ts";
import { DynamoDbJobs } from "#shared/aws/dynamodb-jobs.ts";
import { S3JobFiles } from "#shared/aws/s3-job-files.ts";
import { quotaPace, workMs } from "#shared/backfill/plan/quota-pace.ts";
import { staleFromMs } from "#shared/backfill/plan/stale-from.ts";
import type { Operation } from "#shared/contract/operation.ts";
import { functionTimeoutSeconds } from "#shared/settings.ts";
import type { OpenDeployment } from "../deployment/open-deployment.ts";
import { SYSTEM_CLOCK } from "../deployment/system-clock.ts";
import { type AffectedJobs, affectedJobs, type JobSearch } from "./affected-jobs.ts";
import type { LanePlace, LaneState } from "./lane-switch.ts";
import { waitingMessages } from "./waiting-messages.ts";

/** A lane that is in a state now. */
export interface SwitchedLane extends LanePlace {
  readonly state: LaneState;
  /** Whether it was in the other state before. */
  readonly hasChanged: boolean;
  /** Batches that were received before a pause end by then. */
  readonly endsWithinMs: number;
}

/** What people should know when a lane was switched. The jobs are those of the backfill lane. */
export interface SwitchReport extends SwitchedLane, AffectedJobs {
  /** Messages in the queue, about. */
  readonly waiting: number;
  /** What those take at the quota, with nobody else on it. */
  readonly quotaMs: number;
}

/** A lane that was switched just now. */
export const switchedLane = (
  place: LanePlace,
  { state, hasChanged }: Pick<SwitchedLane, "state" | "hasChanged">,
  { published: { settings } }: OpenDeployment,
): SwitchedLane => ({
  ...place,
  state,
  hasChanged,
  endsWithinMs: functionTimeoutSeconds({ ...settings, senders: [] }, place.operation) * 1_000,
});

/** Gathers what else there is to know of a lane that was switched. */
export async function switchReport(switched: SwitchedLane, deployment: OpenDeployment): Promise<SwitchReport> {
  const { operation, lane } = switched;
  const waiting = await waitingMessages(switched, deployment);
  const found = lane === "backfill" ? await affectedJobs(operation, searchIn(deployment, operation)) : NO_JOBS;
  return {
    ...switched,
    ...found,
    waiting,
    quotaMs: workMs(waiting, quotaPace(operation, deployment.published.settings)),
  };
}

const NO_JOBS: AffectedJobs = { jobs: [], unreadable: [] };

function searchIn({ place, published, s3, table }: OpenDeployment, operation: Operation): JobSearch {
  const { retention } = published.settings;
  return {
    place,
    files: new S3JobFiles(s3, published.payloadBucketName),
    jobs: new DynamoDbJobs(table, SYSTEM_CLOCK),
    fedRanges: new DynamoDbFedRanges(table, SYSTEM_CLOCK),
    age: {
      freshMs: staleFromMs(operation, { retention }, 0),
      keptMs: retention.queueSeconds * 1_000,
      nowMs: SYSTEM_CLOCK.now(),
    },
  };
}
