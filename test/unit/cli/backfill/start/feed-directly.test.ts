import { expect, test } from "@jest/globals";
import { type DirectFeedParts, feedDirectly } from "#cli/backfill/start/feed-directly.ts";
import type { StoredJob } from "#cli/backfill/start/stored-job.ts";
import { rangesOf } from "#shared/backfill/ranges-of.ts";
import type { RequestOutcome } from "#shared/backfill/request-sender.ts";
import type { FedRange } from "#shared/fed-range.ts";
import type { JobItem } from "#shared/job-item.ts";
import { A_TASK_TEMPLATE, aCsvOfTasks } from "#test/support/backfill/a-backfill.ts";

const CSV = Buffer.from(aCsvOfTasks({ good: 30, refused: 2 }));
const FORMAT = { kind: "csv", delimiter: "," } as const;
const ITEM: JobItem = {
  operation: "CreateContact",
  templateHash: "a".repeat(64),
  fileHash: "b".repeat(64),
  fileBytes: CSV.length,
  startedAtMs: 0,
  state: "feeding",
};

async function aStoredJob(): Promise<StoredJob> {
  const cut = await rangesOf(
    async function* () {
      yield CSV;
    },
    FORMAT,
    { targetBytes: 1_000, targetRows: 4 },
  );
  if (!cut.ok) throw cut.error;
  return {
    ranges: cut.value.ranges,
    description: {
      job: {
        job: "spring",
        operation: "CreateContact",
        format: FORMAT,
        template: JSON.parse(A_TASK_TEMPLATE),
        keyColumn: "id",
      },
      columns: [...cut.value.start.columns],
      templateHash: ITEM.templateHash,
      fileHash: ITEM.fileHash,
    },
  };
}

interface Wishes {
  readonly state?: JobItem["state"];
  /** What becomes of a request, by its id. */
  readonly outcome?: (requestId: string) => RequestOutcome;
  readonly bytes?: Buffer;
}

/** A deployment that remembers in which order it was asked for what. */
function aDeployment({ state = "feeding", outcome = () => ({ kind: "sent" }), bytes = CSV }: Wishes = {}) {
  const log: string[] = [];
  const sent: string[] = [];
  const fed = new Map<number, FedRange>();
  const refused = new Map<string, string>();
  const parts: DirectFeedParts = {
    jobs: {
      read: async () => ({ ...ITEM, state }),
      fedRanges: async () => fed,
      recordFed: async ({ start }, range) => {
        log.push(`table ${start}`);
        fed.set(start, range);
      },
    },
    files: {
      range: async function* (_key, { start, end }) {
        yield bytes.subarray(start, end);
      },
      write: async (key, body) => {
        refused.set(key, body);
      },
    },
    sender: {
      sendMany: async function* (requests) {
        for await (const request of requests) {
          const { requestId } = request as { readonly requestId: string };
          if (requestId.includes(" ")) {
            yield { kind: "refused", issues: [{ path: "requestId", code: "pattern", message: "must be legal" }] };
            continue;
          }
          sent.push(requestId);
          yield outcome(requestId);
        }
      },
    },
    checkpoint: async (start) => {
      log.push(`disk ${start}`);
    },
    onRow: () => undefined,
  };
  return { parts, log, sent, fed, refused };
}

const run = (concurrency = 1, signal = new AbortController().signal) => ({ concurrency, signal });

test.each([1, 3])(
  "sends every good row once, in %i lanes, and writes each range to disk before the table",
  async (lanes) => {
    const job = await aStoredJob();
    const { parts, log, sent, fed, refused } = aDeployment();
    await feedDirectly(job, job.ranges, parts, run(lanes));

    expect(sent.toSorted()).toEqual(Array.from({ length: 30 }, (_, index) => `spring/k${index}`).toSorted());
    expect([...fed.keys()].toSorted((one, other) => one - other)).toEqual(job.ranges.map(({ start }) => start));
    for (const { start } of job.ranges) {
      expect(log.filter((entry) => entry.endsWith(` ${start}`))).toEqual([`disk ${start}`, `table ${start}`]);
    }
    expect([...refused.keys()]).toHaveLength(2);
    expect([...refused.values()].join("")).toContain('"key":"bad 0","reasons":[{"path":"requestId"');
  },
);

test("does not count a range as fed of which a row could not be sent, and begins no other", async () => {
  const job = await aStoredJob();
  const outcome = (id: string): RequestOutcome =>
    id === "spring/k6" ? { kind: "failed", reason: "SQS is tired", isFinal: false } : { kind: "sent" };
  const { parts, fed, sent } = aDeployment({ outcome });

  await expect(feedDirectly(job, job.ranges, parts, run())).rejects.toMatchObject({
    message: expect.stringContaining("SQS is tired. Start the job again"),
    exitStatus: 1,
  });
  expect(fed.size).toBe(1);
  expect(sent.length).toBeLessThan(10);
});

test("ends with 2 where a row would fail again", async () => {
  const job = await aStoredJob();
  const { parts } = aDeployment({ outcome: () => ({ kind: "failed", reason: "no rights", isFinal: true }) });

  await expect(feedDirectly(job, job.ranges, parts, run())).rejects.toMatchObject({ exitStatus: 2 });
});

test("sends nothing of a job that is cancelled", async () => {
  const job = await aStoredJob();
  const { parts, sent } = aDeployment({ state: "cancelled" });

  await expect(feedDirectly(job, job.ranges, parts, run(2))).rejects.toThrow("The job spring was cancelled.");
  expect(sent).toEqual([]);
});

test("leaves out a range that another process has fed meanwhile", async () => {
  const job = await aStoredJob();
  const { parts, fed, sent } = aDeployment();
  const [first] = job.ranges;
  if (first === undefined) throw new Error("There are no ranges.");
  fed.set(first.start, { end: first.end, sent: 4, refused: 0 });
  await feedDirectly(job, job.ranges, parts, run());

  expect(sent).toHaveLength(26);
});

test("stops at once when it is interrupted, and says so", async () => {
  const job = await aStoredJob();
  const { parts, sent } = aDeployment();
  const reason = new Error("interrupted");

  await expect(feedDirectly(job, job.ranges, parts, run(2, AbortSignal.abort(reason)))).rejects.toBe(reason);
  expect(sent).toEqual([]);
});

test("does not go on with a stored file that was not cut into these ranges", async () => {
  const job = await aStoredJob();
  const other = Buffer.from(CSV.toString().replaceAll("wide ", "wid\n "));
  const { parts, fed } = aDeployment({ bytes: Buffer.from(other.toString().replaceAll('"', "")) });

  await expect(feedDirectly(job, job.ranges, parts, run())).rejects.toThrow(/is not the one that was cut into ranges/);
  expect(fed.size).toBe(0);
});
