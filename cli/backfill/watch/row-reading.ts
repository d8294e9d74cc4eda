import { type ConnectInstance, parseConnectInstanceArn } from "#shared/connect-instance.ts";
import type { OpenDeployment } from "../deployment/open-deployment.ts";
import type { OpenJob } from "./open-job.ts";

/** What the rows of a job are read with. */
export interface RowReading {
  readonly job: string;
  /** What the deployment serves now. */
  readonly served: readonly ConnectInstance[];
  /** What it served when the job was started. The first of them is meant by rows that name none. */
  readonly servedAtStart: readonly ConnectInstance[];
}

/** How to read the rows of a job. */
export const rowReading = ({ name, description }: OpenJob, { published }: OpenDeployment): RowReading => ({
  job: name,
  served: instancesOf(published.settings.connectInstanceArns),
  servedAtStart: instancesOf(description.connectInstanceArns),
});

const instancesOf = (arns: readonly string[]): readonly ConnectInstance[] =>
  arns.flatMap((arn) => parseConnectInstanceArn(arn) ?? []);
