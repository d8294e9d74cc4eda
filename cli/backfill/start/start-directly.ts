import { ContactRequestProducer } from "#producer/contact-request-producer.ts";
import type { DynamoDbJobs } from "#shared/aws/dynamodb-jobs.ts";
import type { S3JobFiles } from "#shared/aws/s3-job-files.ts";
import type { RequestSender } from "#shared/backfill/request-sender.ts";
import type { RowRange } from "#shared/backfill/row-range.ts";
import type { FedRange } from "#shared/fed-range.ts";
import { CommandError } from "../../command-error.ts";
import { EXIT_STATUS } from "../../exit-status.ts";
import { tell } from "../../tell.ts";
import { untilInterrupted } from "../../until-interrupted.ts";
import type { OpenDeployment } from "../deployment/open-deployment.ts";
import { isFileOnDisk } from "../input/open-row-source.ts";
import type { BegunJob } from "./begin-job.ts";
import { CheckpointFile, checkpointPath } from "./checkpoint-file.ts";
import { feedDirectly } from "./feed-directly.ts";
import { FeedProgress } from "./feed-progress.ts";
import type { JobRegister } from "./job-register.ts";

export interface DirectStart {
  readonly path: string;
  readonly deployment: OpenDeployment;
  readonly jobs: DynamoDbJobs;
  readonly register: JobRegister;
  readonly files: S3JobFiles;
}

type FedRanges = ReadonlyMap<number, FedRange>;

/**
 * Feeds what is left of a job from this machine, and marks it as fed. Gives all of its ranges. Rejects with a CommandError
 * where rows cannot be sent, or where it was cancelled meanwhile.
 */
export async function startDirectly(
  begun: BegunJob,
  known: FedRanges,
  start: DirectStart,
): Promise<FedRanges | "interrupted"> {
  const { item, stored } = begun;
  const { job } = stored.description.job;
  const checkpoint = await checkpointOf(start, begun);
  const fed = new Map([...(checkpoint?.ranges ?? []), ...known]);
  await catchUp({ begun, fed, known }, start);
  const before = [...fed.values()].reduce((sum, { sent, refused }) => sum + sent + refused, 0);
  const rows = stored.ranges.reduce((sum, range) => sum + range.rows, 0);
  if (begun.isResumed) tell(`${job} was begun before: it goes on behind ${before.toLocaleString("en-US")} rows.`);

  const progress = new FeedProgress({ rows, before });
  const left = stored.ranges.filter((range) => !isIn(fed, range));
  const parts = {
    ...start,
    sender: senderOf(start.deployment),
    onRow: (kind: "sent" | "refused" | "failed") => progress.row(kind),
    checkpoint: async (first: number, range: FedRange) => {
      fed.set(first, range);
      await checkpoint?.add(first, range);
    },
  };
  const concurrency = start.deployment.published.settings.backfillFeedConcurrency;
  const interruption = await untilInterrupted(async (signal) => {
    try {
      await feedDirectly(stored, left, parts, { concurrency, signal });
    } finally {
      progress.end();
    }
  });
  if (interruption !== undefined) {
    tell(`Interrupted. What was sent stays sent; the same command goes on where it was: backfill start … --job ${job}`);
    return "interrupted";
  }
  if (!(await start.register.markFed(job, item))) await requireFed(job, start);
  await checkpoint?.remove();
  return await start.jobs.fedRanges(job, item.fileHash);
}

const isIn = (fed: FedRanges, { start, end }: RowRange): boolean => fed.get(start)?.end === end;

async function checkpointOf({ path }: DirectStart, { item, stored }: BegunJob): Promise<CheckpointFile | undefined> {
  if (!isFileOnDisk(path)) return undefined;
  const { job } = stored.description.job;
  return await CheckpointFile.read(checkpointPath(path, job), { job, item });
}

interface Found {
  readonly begun: BegunJob;
  readonly fed: FedRanges;
  readonly known: FedRanges;
}

/** This machine stopped between its disk and the state table. */
async function catchUp({ begun: { item, stored }, fed, known }: Found, { jobs }: DirectStart): Promise<void> {
  const { job } = stored.description.job;
  for (const [start, range] of fed) {
    if (!known.has(start)) await jobs.recordFed({ job, fileHash: item.fileHash, start }, range);
  }
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

/** Another process may have been faster with the last range; or a person has cancelled the job. */
async function requireFed(job: string, { jobs }: DirectStart): Promise<void> {
  const item = await jobs.read(job);
  if (item?.state === "fed") return;
  const what =
    item?.state === "cancelled"
      ? "was cancelled while its last rows were sent: they are answered so"
      : "was begun anew by somebody else meanwhile: start it again";
  throw new CommandError(`The job ${job} ${what}.`, { exitStatus: EXIT_STATUS.refused });
}
