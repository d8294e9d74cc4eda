import type { Findings } from "./findings.ts";
import { HORIZON_DAYS } from "./horizon.ts";
import { mostADay } from "./most-a-day.ts";
import type { OpenContactsLimit } from "./open-contacts-limit.ts";
import { plural } from "./plural.ts";
import { readableDuration } from "./readable-duration.ts";
import { readableMoment } from "./readable-moment.ts";
import { type MissedExpiry, shortfall } from "./shortfall.ts";

const MINUTE_MS = 60_000;

/** Why a file cannot be sent as it is, in whatever order its rows are sent: a sentence for each reason, with what could be done. */
export function obstacles(findings: Findings): readonly string[] {
  const { facts, works } = findings;
  if (facts.rows === 0) return [NO_GOOD_ROW];
  if (works.length === 0) return [ALL_EXPIRE];
  const { expiry, endsMs } = shortfall(works, findings) ?? {};
  return [
    ...(endsMs === undefined ? [] : [endsTooLate(endsMs, findings)]),
    ...(expiry === undefined ? [] : [expiresTooSoon(expiry)]),
    ...findings.limits.flatMap((limit) => tooManyOpen(limit, findings)),
  ];
}

const NO_GOOD_ROW = "No row is good: correct the rules that are broken most, in the file or in the template.";
const ALL_EXPIRE = "Every row expires before the first could be sent. Give the rows a later expiresAt.";

const endsTooLate = (endsMs: number | null, { schedule, staleMs, pace }: Findings): string =>
  `The last row could be sent ${endOf(endsMs)}, and ${tooOldFrom(staleMs)}. At ${pace.ratePerSecond} a second it takes ${readableDuration(schedule.quotaMs)} day and night: split the file and start the parts one after the other, widen the sending hours, bring notBefore forward, or ask AWS for a higher quota of ${pace.api}.`;

const endOf = (endsMs: number | null): string =>
  endsMs === null ? `more than ${HORIZON_DAYS} days from now` : `at ${readableMoment(endsMs)}`;

const tooOldFrom = (staleMs: number): string =>
  `what is fed now is dead-lettered as too old from ${readableMoment(staleMs)} on (the queue's retention less a margin)`;

const expiresTooSoon = ({ atMs, line, rows, sendable }: MissedExpiry): string =>
  `${plural(rows, "row")} would have to be sent before ${readableMoment(atMs)}, when the one on line ${line} expires, and the quota lets ${plural(sendable, "row")} through by then. Give them a later expiresAt, widen the sending hours, or leave rows out.`;

function tooManyOpen(limit: OpenContactsLimit, findings: Findings): readonly string[] {
  const deadline = lastChance(findings);
  if (limit.endsMs !== null && limit.endsMs <= deadline.atMs) return [];
  const openFor = readableDuration(limit.minutes * MINUTE_MS);
  return [
    `${mostADay(limit)}, day and night: ${limit.cap.toLocaleString("en-US")} may be open at once, and one keeps its place for ${openFor} if nobody ends it. So the last of ${limit.rows.toLocaleString("en-US")} could be sent ${endOf(limit.endsMs)}, and ${deadline.sentence}. Split the file, have the cap raised (and the setting openContacts), widen the sending hours, or say with --contact-minutes for how long a contact stays open if your flow or your agents end it sooner.`,
  ];
}

/** Until when a row may be sent at the latest. */
function lastChance({ works, staleMs }: Findings): { readonly atMs: number; readonly sentence: string } {
  const atMs = works.reduce((last, { expiresMs }) => Math.max(last, expiresMs), 0);
  if (atMs >= staleMs) return { atMs: staleMs, sentence: tooOldFrom(staleMs) };
  return { atMs, sentence: `all rows expire by ${readableMoment(atMs)}` };
}
