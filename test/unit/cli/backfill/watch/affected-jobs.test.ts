import { describe, expect, test } from "@jest/globals";
import { affectedJobs, type JobSearch } from "#cli/backfill/watch/affected-jobs.ts";
import type { FedRange } from "#shared/fed-range.ts";
import type { JobItem } from "#shared/job-item.ts";
import { UnreadableItemError } from "#shared/worker/unreadable-item-error.ts";

const DAY_MS = 86_400_000;
const ARN = "arn:aws:connect:us-east-1:000000000000:instance/i";

const anItem = (overrides: Partial<JobItem> = {}): JobItem => ({
  operation: "CreateContact",
  startId: "0a1b2c3d4e5f",
  templateHash: "t",
  fileHash: "f",
  fileBytes: 1,
  startedAtMs: 0,
  connectInstanceArns: [ARN],
  state: "fed",
  ...overrides,
});

const described = (job: object): string =>
  JSON.stringify({ job: { job: "a", operation: "CreateContact", ...job }, columns: [], connectInstanceArns: [ARN] });
const REQUESTS = described({ format: { kind: "requests" } });
const ROWS = described({ format: { kind: "rows" }, template: {}, keyColumn: "id" });

interface KnownJob {
  readonly item?: JobItem | Error;
  readonly fed?: ReadonlyMap<number, FedRange> | Error;
  readonly description?: string;
}

/** What is known of jobs, on the first day. */
function aSearch(known: Readonly<Record<string, KnownJob>>, listing?: Error): JobSearch {
  const of = <Value>(value: Value | Error): Value => {
    if (value instanceof Error) throw value;
    return value;
  };
  return {
    place: { prefix: "shop" },
    files: {
      jobs: async () => of(listing ?? Object.keys(known)),
      text: async (key) => known[key.split("/")[1] ?? ""]?.description,
    },
    jobs: { read: async (job) => of(known[job]?.item) },
    fedRanges: { read: async ({ job }) => of(known[job]?.fed ?? new Map()) },
    age: { freshMs: 12 * DAY_MS, keptMs: 13 * DAY_MS, nowMs: DAY_MS },
  };
}

const namesIn = async (search: JobSearch) => (await affectedJobs("CreateContact", search)).jobs.map(({ job }) => job);

describe("the jobs that may have rows in a queue", () => {
  test.each<[string, KnownJob, boolean]>([
    ["that is being fed", { item: anItem({ state: "feeding" }) }, true],
    ["that is fed", { item: anItem() }, true],
    ["whose files are being stored", { item: anItem({ state: "storing" }) }, false],
    ["of another operation", { item: anItem({ operation: "StartEmailContact" }) }, false],
    ["without an item", {}, false],
    ["whose rows have left the queue", { item: anItem({ startedAtMs: -12 * DAY_MS }) }, false],
    ["that was cancelled, of a template", { item: anItem({ state: "cancelled" }), description: ROWS }, false],
    ["that was cancelled, of requests", { item: anItem({ state: "cancelled" }), description: REQUESTS }, true],
    ["that was cancelled, of who knows what", { item: anItem({ state: "cancelled" }), description: "{}" }, true],
    ["that was cancelled, without files", { item: anItem({ state: "cancelled" }) }, false],
  ])("one %s", async (_what, job, isAffected) => {
    expect(await namesIn(aSearch({ spring: job }))).toEqual(isAffected ? ["spring"] : []);
  });

  test("come in the order in which they grow old, those that are too old with them", async () => {
    const search = aSearch({
      late: { item: anItem({ startedAtMs: 5 }) },
      early: { item: anItem({ startedAtMs: 1 }) },
      old: { item: anItem({ startedAtMs: -11.5 * DAY_MS }) },
    });
    const { jobs } = await affectedJobs("CreateContact", search);
    expect(jobs.map(({ job, isTooOld }) => [job, isTooOld])).toEqual([
      ["old", true],
      ["early", false],
      ["late", false],
    ]);
  });

  test("are named as far as they can be read, and of the others people are told why they cannot", async () => {
    const search = aSearch({
      odd: { item: new UnreadableItemError("The item of odd cannot be read.") },
      ranges: { item: anItem(), fed: new UnreadableItemError("The ranges of ranges cannot be read.") },
      spring: { item: anItem() },
    });
    expect(await affectedJobs("CreateContact", search)).toMatchObject({
      jobs: [{ job: "spring" }],
      unreadable: ["The item of odd cannot be read.", "The ranges of ranges cannot be read."],
    });
  });

  test("are left out with the reason where these credentials may not look for them", async () => {
    const denied = Object.assign(new Error("no s3:ListBucket"), { name: "AccessDenied", $metadata: {} });
    expect(await affectedJobs("CreateContact", aSearch({}, denied))).toEqual({
      jobs: [],
      unreadable: [expect.stringMatching(/^These credentials may not list the jobs: .*no s3:ListBucket/)],
    });
  });

  test("leave a bug to be seen as one", async () => {
    const bug = new TypeError("x is not a function");
    await expect(affectedJobs("CreateContact", aSearch({ spring: { item: bug } }))).rejects.toBe(bug);
  });
});
