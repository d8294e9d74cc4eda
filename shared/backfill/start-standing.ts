import type { JobStart } from "../contract/job-start.ts";
import type { JobItem } from "../job-item.ts";

/** Whether ranges of a start may be fed, or why not. */
export type StartStanding = "open" | "cancelled" | "no-job" | "another-start" | "not-stored";

/** How a start stands, by the item of its job. */
export function startStanding(item: JobItem | undefined, { startId }: JobStart): StartStanding {
  if (item === undefined) return "no-job";
  if (item.startId !== startId) return "another-start";
  switch (item.state) {
    case "storing":
      return "not-stored";
    case "cancelled":
      return "cancelled";
    case "feeding":
    case "fed":
      return "open";
  }
}
