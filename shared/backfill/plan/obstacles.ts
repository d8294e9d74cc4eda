import type { SendingHours } from "../../contract/fields/sending-hours.ts";
import type { CountedMoment } from "./moment-counts.ts";
import { type OpenContactsLimit, waitForPlacesMs } from "./open-contacts-limit.ts";
import { HORIZON_DAYS, openMsBetween } from "./open-time.ts";
import { plural } from "./plural.ts";
import { type QuotaPace, workMs } from "./quota-pace.ts";
import { readableDuration } from "./readable-duration.ts";
import { readableMoment } from "./readable-moment.ts";
import type { Schedule } from "./schedule.ts";

const MINUTE_MS = 60_000;

/** What a plan has found out. */
export interface Findings {
  readonly nowMs: number;
  /** Good rows, each key once. */
  readonly contacts: number;
  readonly pace: QuotaPace;
  readonly schedule: Schedule;
  /** When a row that is fed now would be dead-lettered since its message is too old. */
  readonly staleMs: number;
  /** The moments at which rows expire, the earliest first. */
  readonly expiries: readonly CountedMoment[];
  /** The sending hours of all rows; undefined where they differ, or where there are none. */
  readonly hours: SendingHours | undefined;
  readonly limits: readonly OpenContactsLimit[];
}

/** Why a file cannot be sent as it is: a sentence for each reason, with what could be done. */
export const obstacles = (findings: Findings): readonly string[] => {
  if (findings.contacts === 0) return [NO_GOOD_ROW];
  if (rowsIn(lateExpiries(findings)) === 0 && rowsIn(findings.expiries) >= findings.contacts) return [ALL_EXPIRE];
  return [
    ...endsTooLate(findings),
    ...expiresTooSoon(findings),
    ...findings.limits.flatMap((limit) => tooManyOpen(limit, findings)),
  ];
};

const NO_GOOD_ROW = "No row is good: correct the rules that are broken most, in the file or in the template.";
const ALL_EXPIRE = "Every row expires before the first could be sent. Give the rows a later expiresAt.";

/** Without those that expire before anything could be sent: they are no matter of the file as a whole. */
const lateExpiries = ({ expiries, schedule }: Findings): readonly CountedMoment[] =>
  expiries.filter(({ atMs }) => atMs > schedule.beginsMs);

function endsTooLate({ schedule, staleMs, pace }: Findings): readonly string[] {
  const { endsMs, quotaMs } = schedule;
  if (endsMs !== null && endsMs <= staleMs) return [];
  const end = endsMs === null ? `more than ${HORIZON_DAYS} days from now` : `at ${readableMoment(endsMs)}`;
  return [
    `The last row could be sent ${end}, and ${tooOldFrom(staleMs)}. At ${pace.ratePerSecond} a second it takes ${readableDuration(quotaMs)} day and night: split the file and start the parts one after the other, widen the sending hours, bring notBefore forward, or ask AWS for a higher quota of ${pace.api}.`,
  ];
}

const tooOldFrom = (staleMs: number): string =>
  `what is fed now is dead-lettered as too old from ${readableMoment(staleMs)} on (the queue's retention less the margin)`;

/** Even in the best order: as many rows as expire up to a moment must have been sent by then. */
function expiresTooSoon(findings: Findings): readonly string[] {
  const { nowMs, contacts, pace, hours, staleMs } = findings;
  let expiring = 0;
  let openMs = 0;
  let fromMs = nowMs;
  for (const { atMs, rows, line } of lateExpiries(findings)) {
    // What is too old by then is said already, and a walk through the hours of many years takes long.
    if (atMs >= staleMs) break;
    expiring = Math.min(contacts, expiring + rows);
    openMs += openMsBetween(fromMs, atMs, hours);
    fromMs = atMs;
    if (workMs(expiring, pace) <= openMs) continue;
    const most = Math.floor(pace.burst + (openMs * pace.ratePerSecond) / 1_000);
    return [
      `${plural(expiring, "row")} would have to be sent before ${readableMoment(atMs)}, when the one on line ${line} expires, and the quota lets ${plural(most, "row")} through by then. Give them a later expiresAt, widen the sending hours, or leave rows out.`,
    ];
  }
  return [];
}

function tooManyOpen(limit: OpenContactsLimit, findings: Findings): readonly string[] {
  const { nowMs, schedule } = findings;
  const endMs = schedule.beginsMs + waitForPlacesMs(limit.rows, limit);
  const deadline = lastChance(findings);
  if (endMs <= deadline.atMs) return [];
  const openFor = readableDuration(limit.minutes * MINUTE_MS);
  return [
    `At most ${plural(limit.perDay, `${limit.kind} contact`)} a day: ${limit.cap.toLocaleString("en-US")} may be open at once, and one keeps its place for ${openFor} if nobody ends it. So the last of ${limit.rows.toLocaleString("en-US")} could be sent ${readableDuration(endMs - nowMs)} from now, and ${deadline.sentence}. Split the file, raise the cap, or say for how long a contact stays open if your flow or your agents end it sooner.`,
  ];
}

/** Until when a row may be sent at the latest. */
function lastChance({ contacts, expiries, staleMs }: Findings): { readonly atMs: number; readonly sentence: string } {
  const last = expiries.at(-1);
  const allExpire = rowsIn(expiries) >= contacts;
  if (last === undefined || !allExpire || last.atMs >= staleMs) return { atMs: staleMs, sentence: tooOldFrom(staleMs) };
  return { atMs: last.atMs, sentence: `all rows expire by ${readableMoment(last.atMs)}` };
}

const rowsIn = (moments: readonly CountedMoment[]): number => moments.reduce((sum, { rows }) => sum + rows, 0);
