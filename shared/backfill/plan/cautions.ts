import type { Duplicates } from "../keys/duplicates.ts";
import type { Findings } from "./findings.ts";
import { plural } from "./plural.ts";
import { readableDuration } from "./readable-duration.ts";
import { readableMoment } from "./readable-moment.ts";
import { rowsIn } from "./rows-in.ts";
import type { TimedWork } from "./timed-work.ts";

/** So many messages of one queue may be received and not yet deleted: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
const MOST_IN_FLIGHT = 120_000;

interface Others {
  readonly duplicates: Duplicates;
  readonly outsideJob: number;
  readonly isPossible: boolean;
}

/** What is worth knowing before a file is sent that can be sent: a sentence for each thing. */
export const cautions = (findings: Findings, { duplicates, outsideJob, isPossible }: Others): readonly string[] => [
  ...expired(findings),
  ...mayExpire(findings),
  ...(isPossible ? mayEndTooLate(findings) : []),
  ...slowedByCap(findings),
  ...manyInFlight(findings),
  ...differing(duplicates),
  ...notCancelled(outsideJob),
];

function expired({ nowMs, expired: all }: Findings): readonly string[] {
  const already = all.filter(({ expiresMs }) => expiresMs <= nowMs);
  const inVain = all.filter(({ expiresMs }) => expiresMs > nowMs);
  return [
    ...told(
      already,
      (rows, line) => `Expired already: ${rows}, the first on line ${line}. Each becomes a dead letter.`,
    ),
    ...told(
      inVain,
      (rows, line) =>
        `Expiring before they may be sent, by their hours: ${rows}, the first on line ${line}. Each becomes a dead letter.`,
    ),
  ];
}

const told = (works: readonly TimedWork[], sentence: (rows: string, firstLine: number) => string): readonly string[] =>
  works.length === 0 ? [] : [sentence(plural(rowsIn(works), "row"), Math.min(...works.map(({ line }) => line)))];

/** Rows are not sent in the order in which they expire. */
function mayExpire({ late }: Findings): readonly string[] {
  const [first] = late.toSorted((one, other) => one.expiresMs - other.expiresMs);
  if (first === undefined) return [];
  return [
    `Rows are not sent in the order of their expiry: of ${plural(rowsIn(late), "row")} some may expire before their turn, the first at ${readableMoment(first.expiresMs)} (line ${first.line}).`,
  ];
}

/** There may be an order in which all are in time. */
const mayEndTooLate = ({ schedule: { endsMs }, staleMs }: Findings): readonly string[] =>
  endsMs !== null && endsMs <= staleMs
    ? []
    : [
        `Some rows may be too old before their turn, at ${readableMoment(staleMs)}: it depends on the order in which SQS gives out rows of different hours. Give those of the narrowest hours a job of their own, and start it first.`,
      ];

const slowedByCap = ({ limits, schedule }: Findings): readonly string[] =>
  limits
    .filter(({ waitMs }) => waitMs > schedule.quotaMs)
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
