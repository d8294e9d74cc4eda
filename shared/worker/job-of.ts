import { isJobName } from "../backfill/job-name.ts";
import type { AcceptedWork } from "./work.ts";

/**
 * The job whose row a request may be: what stands before the first slash of its requestId, `<job>/<key>`. Live requests
 * belong to none, and cost no look-up.
 */
export function jobOf({ accepted: { request }, delivery }: AcceptedWork): string | undefined {
  if (delivery.lane === "live") return undefined;
  const end = request.requestId.indexOf("/");
  const name = request.requestId.slice(0, Math.max(0, end));
  return isJobName(name) ? name : undefined;
}
