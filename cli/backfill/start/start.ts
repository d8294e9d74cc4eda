import { DynamoDbFedRanges } from "#shared/aws/dynamodb-fed-ranges.ts";
import { DynamoDbJobs } from "#shared/aws/dynamodb-jobs.ts";
import { S3JobFiles } from "#shared/aws/s3-job-files.ts";
import { plural } from "#shared/backfill/plan/plural.ts";
import { unfedRanges } from "#shared/backfill/unfed-ranges.ts";
import type { JobStart } from "#shared/contract/job-start.ts";
import type { FedRange } from "#shared/fed-range.ts";
import { CommandError } from "../../command-error.ts";
import { EXIT_STATUS, type ExitStatus } from "../../exit-status.ts";
import { printLine } from "../../print-line.ts";
import { tell } from "../../tell.ts";
import { explained } from "../deployment/explain-aws-error.ts";
import { largeObjectClient } from "../deployment/large-object-client.ts";
import type { OpenDeployment } from "../deployment/open-deployment.ts";
import { SYSTEM_CLOCK } from "../deployment/system-clock.ts";
import { withDeployment } from "../deployment/with-deployment.ts";
import { openRowSource } from "../input/open-row-source.ts";
import type { RowSource } from "../input/row-source.ts";
import { completeJob, givenJob } from "../job/given-job.ts";
import type { JobOptions } from "../job/job-options.ts";
import { hindrances } from "../plan/hindrances.ts";
import { planFile } from "../plan/plan-file.ts";
import { planForPeople } from "../plan/plan-for-people.ts";
import { type BeginParts, type BegunJob, beginJob, type JobToBegin } from "./begin-job.ts";
import { CheckpointFile, checkpointPath } from "./checkpoint-file.ts";
import { requireStorable } from "./require-storable.ts";
import { requireStateMachine, runStateMachine } from "./run-state-machine.ts";
import { startDirectly } from "./start-directly.ts";
import type { StoredJob } from "./stored-job.ts";
import { uploadJob } from "./upload-job.ts";
import { withStateMachine } from "./with-state-machine.ts";

export interface StartOptions extends JobOptions {
  readonly direct?: true;
}

/** What a shell shows for a program that SIGINT ended. */
const INTERRUPTED = 130;

/** Starts a backfill, or goes on with one. */
export async function start(path: string, options: StartOptions): Promise<ExitStatus | typeof INTERRUPTED> {
  const given = await givenJob(path, options);
  return await withDeployment(options, async (deployment) =>
    explained("work on the backfill", deployment.place, async () => {
      if (options.direct !== true) await withStateMachine(deployment, requireStateMachine);
      const source = await openRowSource(path, async () => deployment.access);
      try {
        requireStorable(source);
        const job = await completeJob(given, source);
        return await startFile({ source, job }, { path, deployment, options });
      } finally {
        await source.close();
      }
    }),
  );
}

interface Start {
  readonly path: string;
  readonly deployment: OpenDeployment;
  readonly options: StartOptions;
}

async function startFile(file: JobToBegin, start: Start): Promise<ExitStatus | typeof INTERRUPTED> {
  const { deployment, options } = start;
  const jobs = new DynamoDbJobs(deployment.table, SYSTEM_CLOCK);
  const fedRanges = new DynamoDbFedRanges(deployment.table, SYSTEM_CLOCK);
  const { admit, ...parts } = partsOf(file, start);
  let isPlanned = false;
  const noticed = async () => {
    isPlanned = true;
    return await admit();
  };
  const begun = await beginJob(file, { jobs, ...parts, admit: noticed });
  if (!isPlanned && options.refused !== undefined) tell(REFUSED_NOT_WRITTEN);
  if (begun.kind === "not-admitted") return EXIT_STATUS.refused;
  if (begun.kind === "begun") {
    const known = await fedRanges.read(begun.start);
    if (unfedRanges(begun.stored.ranges, known).length > 0) {
      if (options.direct !== true) return await startMachine(begun, start);
      const ended = await startDirectly(begun, known, { ...start, jobs, fedRanges, files: filesOf(deployment) });
      if (ended === "interrupted") return INTERRUPTED;
    }
    if (!(await jobs.markFed(begun.start))) throw notFed(begun.start);
  }
  await removeCheckpoint(start);
  return await sayFed(await fedRanges.read(begun.start), options);
}

/** Whoever has fed the last range: this run, one before that was stopped, or the state machine. */
async function removeCheckpoint({ path, options }: Start): Promise<void> {
  const left = options.direct === true ? checkpointPath(path, options.job) : undefined;
  if (left !== undefined) await CheckpointFile.remove(left);
}

const notFed = ({ job }: JobStart): CommandError =>
  new CommandError(
    `The job ${job} was cancelled while its last rows were put on their queue: see what was sent with backfill report ${job}.`,
    { exitStatus: EXIT_STATUS.refused },
  );

const REFUSED_NOT_WRITTEN =
  "Note: --refused is written when a file is checked, and this one was when the job was begun: backfill plan --refused writes it.";

function partsOf({ source, job }: JobToBegin, { deployment, options }: Start): Omit<BeginParts, "jobs"> {
  const { published } = deployment;
  const nowMs = Date.now();
  return {
    files: filesOf(deployment),
    nowMs,
    connectInstanceArns: published.settings.connectInstanceArns,
    upload: async (start, stored) => upload({ source, start, stored }, deployment),
    admit: async () => {
      const { refused, contactMinutes } = options;
      const plan = await planFile(
        { source, job, ...(refused !== undefined && { refused }) },
        { nowMs, settings: published.settings, ...(contactMinutes !== undefined && { contactMinutes }) },
      );
      const reasons = hindrances(plan, options);
      for (const line of planForPeople(plan)) tell(line);
      for (const reason of reasons) tell(`Not started: ${reason}`);
      if (options.json === true && reasons.length > 0) {
        await printLine(JSON.stringify({ job: job.job, state: "not-started", hindrances: reasons }));
      }
      return reasons.length === 0;
    },
  };
}

interface Upload {
  readonly source: RowSource;
  readonly start: JobStart;
  readonly stored: StoredJob;
}

async function upload({ source, start, stored }: Upload, { access, published }: OpenDeployment): Promise<void> {
  const s3 = largeObjectClient(access);
  try {
    await uploadJob(source, stored, { s3, bucket: published.payloadBucketName, start });
  } finally {
    s3.destroy();
  }
}

const filesOf = ({ s3, published }: OpenDeployment) => new S3JobFiles(s3, published.payloadBucketName);

async function sayFed(ranges: ReadonlyMap<number, FedRange>, { job, json }: StartOptions): Promise<ExitStatus> {
  const [sent, refused] = [...ranges.values()].reduce(
    ([sentRows, refusedRows], range) => [sentRows + range.sent, refusedRows + range.refused],
    [0, 0],
  );
  if (json === true) await printLine(JSON.stringify({ job, state: "fed", rows: sent + refused, sent, refused }));
  else {
    await printLine(`${job} is fed: ${plural(sent, "row")} on the queue, ${refused.toLocaleString("en-US")} refused.`);
    await printLine(`See how far it is: backfill status ${job}`);
  }
  return EXIT_STATUS.done;
}

async function startMachine({ start }: BegunJob, { deployment, options }: Start): Promise<ExitStatus> {
  const { arn, how } = await withStateMachine(deployment, async (...machine) => runStateMachine(...machine, start));
  const { job, json } = options;
  if (json === true) await printLine(JSON.stringify({ job, state: "feeding", execution: arn, how }));
  else {
    await printLine(`${job} ${WORDS[how]}: ${arn}`);
    await printLine(`See how far it is: backfill status ${job}`);
  }
  return EXIT_STATUS.done;
}

const WORDS = {
  started: "is being fed by the state machine",
  running: "was being fed already",
} as const;
