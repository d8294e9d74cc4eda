import { ContactRequestProducer } from "#producer/contact-request-producer.ts";
import type { DynamoDbFedRanges } from "#shared/aws/dynamodb-fed-ranges.ts";
import type { DynamoDbJobs } from "#shared/aws/dynamodb-jobs.ts";
import type { S3JobFiles } from "#shared/aws/s3-job-files.ts";
import type { FedRow } from "#shared/backfill/feed-range.ts";
import { rowsIn } from "#shared/backfill/plan/rows-in.ts";
import type { RequestSender } from "#shared/backfill/request-sender.ts";
import type { RowRange } from "#shared/backfill/row-range.ts";
import { unfedRanges } from "#shared/backfill/unfed-ranges.ts";
import type { JobStart } from "#shared/contract/job-start.ts";
import type { FedRange } from "#shared/fed-range.ts";
import { CommandError } from "../../command-error.ts";
import { tell } from "../../tell.ts";
import { untilInterrupted } from "../../until-interrupted.ts";
import type { OpenDeployment } from "../deployment/open-deployment.ts";
import { SYSTEM_CLOCK } from "../deployment/system-clock.ts";
import type { BegunJob } from "./begin-job.ts";
import { CheckpointFile, checkpointPath } from "./checkpoint-file.ts";
import { feedDirectly } from "./feed-directly.ts";
import { FeedProgress } from "./feed-progress.ts";

export interface DirectStart {
  readonly path: string;
  readonly deployment: OpenDeployment;
  readonly jobs: DynamoDbJobs;
  readonly fedRanges: DynamoDbFedRanges;
  readonly files: S3JobFiles;
}

type FedRanges = ReadonlyMap<number, FedRange>;

/**
 * Feeds what is left of a job from this machine; all of its ranges are fed then. Rejects with a CommandError where rows cannot
 * be sent, or where it was cancelled meanwhile.
 */
export async function startDirectly(
  begun: BegunJob,
  known: FedRanges,
  how: DirectStart,
): Promise<"all-fed" | "interrupted"> {
  const { start, stored, isResumed } = begun;
  const checkpoint = await checkpointOf(how, start);
  const fed = new Map([...(checkpoint?.ranges ?? []), ...known]);
  await catchUp(start, { fed, known }, how);
  const left = unfedRanges(stored.ranges, fed);
  const rows = rowsIn(stored.ranges);
  const before = rows - rowsIn(left);
  if (isResumed) tell(`${start.job} was begun before: it goes on behind ${before.toLocaleString("en-US")} rows.`);

  const progress = new FeedProgress({ rows, before });
  const parts = {
    ...how,
    clock: SYSTEM_CLOCK,
    sender: senderOf(how.deployment),
    onRow: ({ kind }: FedRow) => progress.row(kind),
    onFedByOthers: (range: RowRange) => progress.fedByOthers(range.rows),
    checkpoint: async (from: number, range: FedRange) => checkpoint?.add(from, range),
  };
  const concurrency = how.deployment.published.settings.backfillFeedConcurrency;
  const interruption = await untilInterrupted(async (signal) => {
    try {
      await feedDirectly({ start, description: stored.description, ranges: left }, parts, { concurrency, signal });
    } catch (error) {
      progress.end();
      // What is no CommandError yet is a service that does not answer, or denies: that says nothing of the rows.
      if (!signal.aborted && !(error instanceof CommandError)) tell(`Feeding has ended. ${goesOn(start.job)}`);
      throw error;
    }
    progress.end();
  });
  if (interruption !== undefined) {
    tell(`Interrupted. ${goesOn(start.job)}`);
    return "interrupted";
  }
  return "all-fed";
}

const goesOn = (job: string): string =>
  `What was sent stays sent; the same command goes on where it was: backfill start … --job ${job}`;

async function checkpointOf({ path }: DirectStart, start: JobStart): Promise<CheckpointFile | undefined> {
  const place = checkpointPath(path, start.job);
  return place === undefined ? undefined : await CheckpointFile.read(place, start);
}

interface Found {
  readonly fed: FedRanges;
  readonly known: FedRanges;
}

/** This machine stopped between its disk and the state table. */
async function catchUp(start: JobStart, { fed, known }: Found, { fedRanges }: DirectStart): Promise<void> {
  for (const [from, range] of fed) if (!known.has(from)) await fedRanges.record(start, from, range);
}

function senderOf({ published, sqs, s3 }: OpenDeployment): RequestSender {
  const urls = Object.entries(published.queueUrls).map(([operation, { backfill }]) => [operation, backfill]);
  return new ContactRequestProducer({
    lane: "backfill",
    prefix: published.settings.prefix,
    queueUrls: Object.fromEntries(urls),
    client: sqs,
    payloadBucket: published.payloadBucketName,
    s3,
  });
}
