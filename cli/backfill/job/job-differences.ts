import { isDeepStrictEqual } from "node:util";
import type { BackfillJob } from "#shared/backfill/backfill-job.ts";

const NAMES = {
  operation: "another operation",
  template: "another template",
  keyColumn: "another key column",
  format: "another format or delimiter",
  sendingHours: "other sending hours",
} as const;

/** In what two jobs of one name differ, as words for people. */
export function jobDifferences(one: BackfillJob, other: BackfillJob): readonly string[] {
  const [before, now]: Record<string, unknown>[] = [{ ...one }, { ...other }];
  return Object.entries(NAMES).flatMap(([member, name]) =>
    isDeepStrictEqual(before?.[member], now?.[member]) ? [] : [name],
  );
}
