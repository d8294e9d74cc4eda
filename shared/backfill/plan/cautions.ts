import type { Duplicates } from "../keys/duplicates.ts";
import type { Findings } from "./findings.ts";
import { mostADay } from "./most-a-day.ts";
import type { OpenContactsLimit } from "./open-contacts-limit.ts";
import { plural } from "./plural.ts";
import { readableDuration } from "./readable-duration.ts";
import { readableMoment } from "./readable-moment.ts";
import type { RowCount } from "./row-count.ts";
import { MOST_HOURS } from "./row-groups.ts";
import { rowsIn } from "./rows-in.ts";

/** So many messages of one queue may be received and not yet deleted: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
const MOST_IN_FLIGHT = 120_000;

interface Others {
  readonly duplicates: Duplicates;
  readonly isPossible: boolean;
}

/** What is worth knowing before a file is sent that can be sent: a sentence for each thing. */
export const cautions = (findings: Findings, { duplicates, isPossible }: Others): readonly string[] => [
  ...expired(findings),
  ...mayExpire(findings),
  ...(isPossible ? mayEndTooLate(findings) : []),
  ...slowedByCap(findings),
  ...manyInFlight(findings),
  ...coarse(findings),
  ...differing(duplicates),
  ...notCancelled(findings),
];

const expired = ({ facts }: Findings): readonly string[] => [
  ...told(
    facts.expired,
    (rows, line) => `Expired already: ${rows}, the first on line ${line}. Each becomes a dead letter.`,
  ),
  ...told(
    facts.expiringFirst,
    (rows, line) =>
      `Expiring before they may be sent first: ${rows}, the first on line ${line}. Each becomes a dead letter.`,
  ),
];

const told = (
  { rows, line }: Pick<RowCount, "rows" | "line">,
  sentence: (rows: string, firstLine: number) => string,
): readonly string[] => (rows === 0 ? [] : [sentence(plural(rows, "row"), line)]);

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
    .filter(({ endsMs }) => (endsMs ?? Infinity) > (schedule.endsMs ?? Infinity))
    .map(
      (limit) =>
        `${mostADay(limit)}, day and night, if every one keeps its place for ${readableDuration(limit.minutes * 60_000)}: ${limit.cap.toLocaleString("en-US")} may be open at once.${endsAt(limit)}`,
    );

const endsAt = ({ endsMs }: OpenContactsLimit): string =>
  endsMs === null ? "" : ` The last could then be sent at ${readableMoment(endsMs)} at the earliest.`;

const manyInFlight = ({ schedule: { waiting } }: Findings): readonly string[] =>
  waiting <= MOST_IN_FLIGHT
    ? []
    : [
        `${plural(waiting, "row")} wait in the queue for hours in which they may be sent. SQS hides ${MOST_IN_FLIGHT.toLocaleString("en-US")} at once and then gives out no others: until the hours begin, other backfills of this operation wait too.`,
      ];

/** Nothing is called impossible for it, and something may be called possible. */
const coarse = ({ facts: { groups } }: Findings): readonly string[] => [
  ...(groups.rowsWithoutHours === 0
    ? []
    : [
        `Rows have more than ${MOST_HOURS} different sending hours: ${plural(groups.rowsWithoutHours, "row")} are reckoned as if they could be sent at any time of the day.`,
      ]),
  ...(groups.widthMs === 1
    ? []
    : [
        `Rows name very many different moments: notBefore is reckoned up to ${readableDuration(groups.widthMs)} sooner, and expiresAt up to as much later, than they say.`,
      ]),
];

const differing = (duplicates: Duplicates): readonly string[] =>
  duplicates.differing === 0
    ? []
    : [
        `${plural(duplicates.differing, "row")} with the key of an earlier row, but another content: which of them is sent is left to chance, and the others become dead letters. Give each row a key of its own.`,
      ];

const notCancelled = ({ facts: { outsideJob } }: Findings): readonly string[] =>
  outsideJob === 0
    ? []
    : [
        `A cancel of the job does not reach ${plural(outsideJob, "row")}, whose requestId does not begin with the job's name and a slash.`,
      ];
