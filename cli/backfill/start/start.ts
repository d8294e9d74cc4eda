import { DynamoDbJobs } from "#shared/aws/dynamodb-jobs.ts";
import { S3JobFiles } from "#shared/aws/s3-job-files.ts";
import { plural } from "#shared/backfill/plan/plural.ts";
import type { FedRange } from "#shared/fed-range.ts";
import { EXIT_STATUS, type ExitStatus } from "../../exit-status.ts";
import { printLine } from "../../print-line.ts";
import { tell } from "../../tell.ts";
import { explained } from "../deployment/explain-aws-error.ts";
import { type OpenDeployment, openDeployment } from "../deployment/open-deployment.ts";
import { SYSTEM_CLOCK } from "../deployment/system-clock.ts";
import { openRowSource } from "../input/open-row-source.ts";
import { completeJob, givenJob } from "../job/given-job.ts";
import type { JobOptions } from "../job/job-options.ts";
import { hindrances } from "../plan/hindrances.ts";
import { planFile } from "../plan/plan-file.ts";
import { planForPeople } from "../plan/plan-for-people.ts";
import { type BeginParts, type BegunJob, beginJob, type JobToBegin } from "./begin-job.ts";
import { JobRegister } from "./job-register.ts";
import { requireStateMachine, runStateMachine } from "./run-state-machine.ts";
import { startDirectly } from "./start-directly.ts";
import { uploadJob } from "./upload-job.ts";

export interface StartOptions extends JobOptions {
  readonly direct?: true;
}

/** What a shell shows for a program that SIGINT ended. */
const INTERRUPTED = 130;

/** Starts a backfill, or goes on with one. */
export async function start(path: string, options: StartOptions): Promise<ExitStatus | typeof INTERRUPTED> {
  const given = await givenJob(path, options);
  const deployment = await openDeployment(options);
  return await explained("work on the backfill", deployment.place, async () => {
    if (options.direct !== true) await requireStateMachine(await sfnOf(deployment), machineOf(deployment));
    const source = await openRowSource(path, async () => deployment.access);
    try {
      const job = await completeJob(given, source);
      return await startFile({ source, job }, { path, deployment, options });
    } finally {
      await source.close();
    }
  });
}

interface Start {
  readonly path: string;
  readonly deployment: OpenDeployment;
  readonly options: StartOptions;
}

async function startFile(file: JobToBegin, start: Start): Promise<ExitStatus | typeof INTERRUPTED> {
  const { deployment, options } = start;
  const jobs = new DynamoDbJobs(deployment.table, SYSTEM_CLOCK);
  const register = new JobRegister(deployment.table);
  const { admit, ...parts } = partsOf(file, start);
  let isPlanned = false;
  const noticed = async () => {
    isPlanned = true;
    return await admit();
  };
  const begun = await beginJob(file, { jobs, register, ...parts, admit: noticed });
  if (!isPlanned && options.refused !== undefined) tell(REFUSED_NOT_WRITTEN);
  if (begun.kind === "not-admitted") return EXIT_STATUS.refused;
  const ranges = await jobs.fedRanges(options.job, begun.item.fileHash);
  if (begun.kind === "fed") return await sayFed(ranges, options);
  if (isAllFed(begun, ranges)) {
    await register.markFed(options.job, begun.item);
    return await sayFed(ranges, options);
  }
  if (options.direct !== true) return await startMachine(begun, start);
  const how = { ...start, jobs, register, files: filesOf(deployment), source: file.source };
  const fed = await startDirectly(begun, ranges, how);
  if (fed === "interrupted") return INTERRUPTED;
  return await sayFed(fed, options);
}

const REFUSED_NOT_WRITTEN =
  "Note: --refused is written when a file is checked, and this one was when the job was begun: backfill plan --refused writes it.";

function partsOf({ source, job }: JobToBegin, { deployment, options }: Start): Omit<BeginParts, "jobs" | "register"> {
  const { s3, published } = deployment;
  const nowMs = Date.now();
  return {
    files: filesOf(deployment),
    nowMs,
    upload: async (stored) => uploadJob(source, stored, { s3, bucket: published.payloadBucketName }),
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

const filesOf = ({ s3, published }: OpenDeployment) => new S3JobFiles(s3, published.payloadBucketName);

const isAllFed = ({ stored }: BegunJob, fed: ReadonlyMap<number, FedRange>): boolean =>
  stored.ranges.every(({ start, end }) => fed.get(start)?.end === end);

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

async function startMachine({ stored }: BegunJob, { deployment, options }: Start): Promise<ExitStatus> {
  const { arn, how } = await runStateMachine(await sfnOf(deployment), machineOf(deployment), stored.description);
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
  redriven: "goes on with the ranges that had failed",
} as const;

const machineOf = ({ published }: OpenDeployment): string => published.stateMachineArn;

/** Not for everybody: who feeds directly needs no state machine. */
async function sfnOf({ access }: OpenDeployment) {
  const { SFNClient } = await import("@aws-sdk/client-sfn");
  return new SFNClient(access.client);
}
