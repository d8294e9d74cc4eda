import type { Duplicates } from "../keys/duplicates.ts";
import type { Findings } from "./obstacles.ts";
import { waitForPlacesMs } from "./open-contacts-limit.ts";
import { plural } from "./plural.ts";
import { readableDuration } from "./readable-duration.ts";
import { readableMoment } from "./readable-moment.ts";

/** So many messages of one queue may be received and not yet deleted: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
const MOST_IN_FLIGHT = 120_000;

/** What is worth knowing before a file is sent that can be sent: a sentence for each thing. */
export const cautions = (
  findings: Findings,
  { duplicates, outsideJob }: { readonly duplicates: Duplicates; readonly outsideJob: number },
): readonly string[] => [
  ...expired(findings),
  ...mayExpire(findings),
  ...slowedByCap(findings),
  ...manyInFlight(findings),
  ...differing(duplicates),
  ...notCancelled(outsideJob),
];

function expired({ nowMs, expiries, schedule }: Findings): readonly string[] {
  const past = expiries.filter(({ atMs }) => atMs <= schedule.beginsMs);
  if (past.length === 0) return [];
  const line = Math.min(...past.map((each) => each.line));
  const when = schedule.beginsMs > nowMs ? `before the hours begin at ${readableMoment(schedule.beginsMs)}` : "already";
  return [`Expired ${when}: ${plural(sum(past), "row")}, the first on line ${line}. Each becomes a dead letter.`];
}

/** Rows are not sent in the order in which they expire. */
function mayExpire({ expiries, schedule }: Findings): readonly string[] {
  const endsMs = schedule.endsMs ?? Infinity;
  const early = expiries.filter(({ atMs }) => atMs > schedule.beginsMs && atMs < endsMs);
  const [first] = early;
  if (first === undefined) return [];
  return [
    `Before the last row is sent, ${plural(sum(early), "row")} will have expired, the first at ${readableMoment(first.atMs)} (line ${first.line}). Rows are not sent in the order of their expiry, so that some may come too late.`,
  ];
}

const slowedByCap = ({ limits, schedule }: Findings): readonly string[] =>
  limits
    .filter((limit) => waitForPlacesMs(limit.rows, limit) > schedule.quotaMs)
    .map(
      (limit) =>
        `At most ${limit.perDay.toLocaleString("en-US")} a day if every ${limit.kind} keeps its place for ${readableDuration(limit.minutes * 60_000)}: ${plural(limit.cap, limit.kind)} may be open at once.`,
    );

const manyInFlight = ({ schedule: { waiting } }: Findings): readonly string[] =>
  waiting <= MOST_IN_FLIGHT
    ? []
    : [
        `${plural(waiting, "row")} wait in the queue for hours in which they may be sent. SQS hides ${MOST_IN_FLIGHT.toLocaleString("en-US")} at once and then gives out no others: until the hours begin, other backfills of this operation wait too.`,
      ];

const differing = (duplicates: Duplicates): readonly string[] =>
  duplicates.differing === 0
    ? []
    : [
        `${plural(duplicates.differing, "row")} with the key of an earlier row, but another content: which of them is sent is left to chance, and the others become dead letters. Give each row a key of its own.`,
      ];

const notCancelled = (outsideJob: number): readonly string[] =>
  outsideJob === 0
    ? []
    : [
        `A cancel of the job does not reach ${plural(outsideJob, "row")}, whose requestId does not begin with the job's name and a slash.`,
      ];

const sum = (moments: readonly { readonly rows: number }[]): number =>
  moments.reduce((total, { rows }) => total + rows, 0);
