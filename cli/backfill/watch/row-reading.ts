import { type ConnectInstance, parseConnectInstanceArn } from "#shared/connect-instance.ts";
import type { OpenDeployment } from "../deployment/open-deployment.ts";
import type { OpenJob } from "./open-job.ts";

/** What the rows of a job are read with. The first of some instances is meant by rows that name none. */
export interface RowReading {
  readonly job: string;
  /** What the deployment serves now. */
  readonly served: readonly ConnectInstance[];
  /** What it served when the job was started. */
  readonly servedAtStart: readonly ConnectInstance[];
}

/** How to read the rows of a job. */
export function rowReading({ name, description }: OpenJob, { published }: OpenDeployment): RowReading {
  const now = published.settings.connectInstanceArns;
  return { job: name, served: instancesOf(now), servedAtStart: instancesOf(description.connectInstanceArns ?? now) };
}

const instancesOf = (arns: readonly string[]): readonly ConnectInstance[] =>
  arns.flatMap((arn) => parseConnectInstanceArn(arn) ?? []);

/** In how many instances the ledger may have a row. */
export const mostPlaces = (reading: RowReading): number => (hasOtherDefault(reading) ? 2 : 1);

const hasOtherDefault = ({ served, servedAtStart }: RowReading): boolean => served[0]?.id !== servedAtStart[0]?.id;

/** What to tell people where rows that name no instance may have gone to two of them; nothing where they may not. */
export function otherDefaultNote(reading: RowReading): string | undefined {
  if (!hasOtherDefault(reading)) return undefined;
  const { job, served, servedAtStart } = reading;
  return `Note: rows of ${job} that name no instance were sent to ${servedAtStart[0]?.arn} when it was started, and go to ${served[0]?.arn} now, the first one of the deployment: of such a row both were asked for what became of it.`;
}
