import type { RowCounts } from "./row-counts.ts";

type Counts = Pick<RowCounts, "beyondReach" | "perhapsBeyondReach">;

/** What to tell people about the rows of a cancelled job that go on all the same; nothing where none do. */
export function beyondReach(
  { beyondReach: rows, perhapsBeyondReach: perhaps }: Counts,
  job: string,
): string | undefined {
  if (rows + perhaps === 0) return undefined;
  return [
    ...(rows > 0 ? [goOn(rows, job)] : []),
    ...(perhaps > 0 ? [mayGoOn(perhaps, job)] : []),
    "Pause the lane of the operation if they must not be sent.",
  ].join(" ");
}

const number = (count: number): string => count.toLocaleString("en-US");

const goOn = (rows: number, job: string): string =>
  `${number(rows)} rows go on: their requestIds do not begin with ${job}/, by which workers know the rows of a job.`;

const mayGoOn = (rows: number, job: string): string =>
  `Up to ${number(rows)} rows may go on whose requestIds do not begin with ${job}/ and that are not known to be fed: what was being fed when the job was cancelled is fed to its end. backfill status ${job} counts it then.`;
