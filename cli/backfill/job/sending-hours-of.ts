import { type SendingHours, sendingHours } from "#shared/contract/fields/sending-hours.ts";
import { CommandError } from "../../command-error.ts";
import type { JobOptions } from "./job-options.ts";

/** The hours that the options name, if they do. Throws a CommandError for half of them, and for hours that are none. */
export function sendingHoursOf({
  between,
  timeZone,
}: Pick<JobOptions, "between" | "timeZone">): SendingHours | undefined {
  if (between === undefined && timeZone === undefined) return undefined;
  if (between === undefined || timeZone === undefined) {
    throw new CommandError(
      "--between and --time-zone belong together: give both, as in --between 09:00-20:00 --time-zone Europe/Berlin.",
    );
  }
  const parsed = sendingHours.safeParse({ ...between, timeZone });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const option = issue?.path[0] === "timeZone" ? "--time-zone" : "--between";
  throw new CommandError(`${option}: ${issue?.message ?? "is wrong"}.`);
}
