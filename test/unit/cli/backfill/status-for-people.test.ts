import { describe, expect, test } from "@jest/globals";
import { statusAsJson } from "#cli/backfill/status-as-json.ts";
import { statusForPeople } from "#cli/backfill/status-for-people.ts";
import type { JobStatus } from "#cli/backfill/status-of-job.ts";
import { RowCounts } from "#cli/backfill/watch/row-counts.ts";
import type { RowState } from "#cli/backfill/watch/row-outcome.ts";

function aStatus(counted: Partial<Record<RowState, number>>, overrides: Partial<JobStatus> = {}): JobStatus {
  const counts = new RowCounts();
  Object.assign(counts.byState, counted);
  return {
    job: "spring",
    operation: "CreateContact",
    state: "fed",
    startedAtMs: Date.parse("2026-11-20T12:00:00Z"),
    counts,
    fed: counts.rows,
    ratePerSecond: 2,
    ...overrides,
  };
}

describe("the status of a job, for people", () => {
  test("says what became of the rows, how fast it is and how long it takes", () => {
    const status = aStatus({ started: 1_200, waiting: 3_790, failed: 2, refused: 8 }, { timeLeftMs: 1_895_000 });
    expect(statusForPeople(status)).toEqual([
      "spring: CreateContact, all rows fed, started 2026-11-20 12:00 UTC",
      "  rows             5,000",
      "  started          1,200  have their contact",
      "  failed               2  have none, as far as is known: their dead letters say why",
      "  waiting          3,790  are still to come",
      "  refused              8  were not sent, since they break the contract",
      "2.0 contacts a second over the last minutes: about 31 minutes 35 seconds left at this rate.",
    ]);
  });

  test.each([
    ["of a job that ended has no rate", aStatus({ started: 5 }, { timeLeftMs: 0 }), /left at this rate/, false],
    [
      "of a job that stands still says why that may be",
      aStatus({ waiting: 5 }, { ratePerSecond: 0 }),
      /last 10 minutes.*resume/,
      true,
    ],
    [
      "of a job that nobody feeds says how to go on",
      aStatus({ waiting: 5 }, { ratePerSecond: 0, state: "feeding", fed: 3 }),
      /^spring: CreateContact, 3 of 5 rows fed,[\s\S]*start the job again/,
      true,
    ],
    [
      "of a cancelled job says since when",
      aStatus({ cancelled: 5 }, { state: "cancelled", cancelledAtMs: Date.parse("2026-11-21T08:30:00Z") }),
      /cancelled 2026-11-21 08:30 UTC, 5 of 5 rows fed/,
      true,
    ],
    [
      "of a cancelled job has no rate, also where rows go on",
      aStatus({ cancelled: 5, waiting: 2 }, { state: "cancelled" }),
      /left at this rate|No contact was started/,
      false,
    ],
  ])("%s", (_what, status, pattern, says) => {
    expect(pattern.test(statusForPeople(status).join("\n"))).toBe(says);
  });

  test("tells of rows in doubt", () => {
    const status = aStatus({ failed: 5 });
    status.counts.inDoubt = 2;
    expect(statusForPeople(status).at(-1)).toMatch(/^Note: a call for 2 of them was never answered/);
  });

  test("tells of rows whose requestId was sent with another content", () => {
    const status = aStatus({ started: 5 });
    status.counts.differing = 3;
    expect(statusForPeople(status).at(-1)).toMatch(/^Note: of 3 of them the ledger has another content/);
  });
});

test("the status for programs says what is not known as null, and moments in ISO 8601", () => {
  expect(statusAsJson(aStatus({ waiting: 3, started: 2 }, { ratePerSecond: 0 }))).toEqual({
    job: "spring",
    operation: "CreateContact",
    state: "fed",
    startedAt: "2026-11-20T12:00:00.000Z",
    cancelledAt: null,
    rows: 5,
    fed: 5,
    started: 2,
    failed: 0,
    waiting: 3,
    refused: 0,
    cancelled: 0,
    inDoubt: 0,
    differing: 0,
    ratePerSecond: 0,
    timeLeftMs: null,
  });
});
