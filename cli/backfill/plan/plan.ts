import { DynamoDbJobs } from "#shared/aws/dynamodb-jobs.ts";
import { DynamoDbLedgerReader } from "#shared/aws/dynamodb-ledger-reader.ts";
import type { BackfillPlan } from "#shared/backfill/plan/backfill-plan.ts";
import type { JobItem } from "#shared/job-item.ts";
import { EXIT_STATUS, type ExitStatus } from "../../exit-status.ts";
import { printLine } from "../../print-line.ts";
import { tell } from "../../tell.ts";
import { awsAccess } from "../deployment/aws-access.ts";
import { explained } from "../deployment/explain-aws-error.ts";
import { SYSTEM_CLOCK } from "../deployment/system-clock.ts";
import { withDeployment } from "../deployment/with-deployment.ts";
import { hashOf } from "../input/hash-of.ts";
import { openRowSource } from "../input/open-row-source.ts";
import { completeJob, givenJob } from "../job/given-job.ts";
import type { JobOptions } from "../job/job-options.ts";
import { templateHash } from "../job/template-hash.ts";
import { anotherFile, anotherTemplate, cancelled } from "../start/other-start.ts";
import { hindrances, toBeMended } from "./hindrances.ts";
import { type FileToPlan, planFile } from "./plan-file.ts";
import { planForPeople } from "./plan-for-people.ts";
import { planSettings } from "./plan-settings.ts";
import { StartedRows } from "./started-rows.ts";

export interface PlanOptions extends JobOptions {
  readonly settings?: string;
  readonly ledger?: true;
}

/** Says what would become of a file. Sends and changes nothing. */
export async function plan(path: string, options: PlanOptions): Promise<ExitStatus> {
  const given = await givenJob(path, options);
  const { settings, note } = await planSettings(options);
  if (note !== undefined) tell(note);
  const source = await openRowSource(path, async () => awsAccess(options));
  try {
    const job = await completeJob(given, source);
    const file = { source, job, ...(options.refused !== undefined && { refused: options.refused }) };
    const { contactMinutes } = options;
    const terms = { nowMs: Date.now(), settings, ...(contactMinutes !== undefined && { contactMinutes }) };
    if (options.ledger !== true) return await report({ plan: await planFile(file, terms) }, options);
    return await report(await planWithLedger(file, terms, options), options);
  } finally {
    await source.close();
  }
}

interface Planned {
  readonly plan: BackfillPlan;
  /** What the state table tells. */
  readonly known?: { readonly alreadyStarted: number; readonly taken: readonly string[] };
}

async function planWithLedger(
  file: FileToPlan,
  terms: Parameters<typeof planFile>[1],
  options: PlanOptions,
): Promise<Planned> {
  return await withDeployment(options, async ({ table, place, published }) =>
    explained("read the state table", place, async () => {
      // A job that was begun has sent its rows to the instance that was the first then.
      const begun = await new DynamoDbJobs(table, SYSTEM_CLOCK).read(file.job.job);
      const { connectInstanceArns } = begun ?? published.settings;
      const started = new StartedRows(new DynamoDbLedgerReader(table, SYSTEM_CLOCK, Math.random), connectInstanceArns);
      const plan = await planFile({ ...file, visit: (row) => started.add(row) }, terms);
      return { plan, known: { alreadyStarted: await started.total(), taken: await taken(begun, file) } };
    }),
  );
}

const STARTABLE = "This can be started: backfill start, with the same options.";
const NAME_UNKNOWN = "Whether the job was begun before is looked up with --ledger.";

/** Why the name of a job that was begun is not for this file: a sentence, or none. */
async function taken(item: JobItem | undefined, { job, source }: FileToPlan): Promise<readonly string[]> {
  if (item === undefined || item.state === "storing") return [];
  if (item.state === "cancelled") return [cancelled(job.job).message];
  if (item.templateHash !== templateHash(job)) return [anotherTemplate(item, job, undefined).message];
  return item.fileHash === (await hashOf(source)) ? [] : [anotherFile(item, job.job, source).message];
}

async function report({ plan: found, known }: Planned, options: PlanOptions): Promise<ExitStatus> {
  const mended = [...(known?.taken ?? []), ...toBeMended(found, options)];
  const reasons = [...(known?.taken ?? []), ...hindrances(found, options)];
  if (options.json === true) {
    const started = known === undefined ? {} : { alreadyStarted: known.alreadyStarted };
    await printLine(JSON.stringify({ ...found, ...started, hindrances: reasons }));
  } else {
    for (const line of planForPeople(found, known?.alreadyStarted)) await printLine(line);
    if (found.verdict.kind === "impossible") {
      for (const reason of found.verdict.reasons) await printLine(`Impossible: ${reason}`);
    }
    for (const reason of mended) await printLine(`Would not be started: ${reason}`);
    if (reasons.length === 0) await printLine(known === undefined ? `${STARTABLE} ${NAME_UNKNOWN}` : STARTABLE);
  }
  return reasons.length === 0 ? EXIT_STATUS.done : EXIT_STATUS.refused;
}
