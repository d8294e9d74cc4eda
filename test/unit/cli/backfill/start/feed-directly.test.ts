import { expect, test } from "@jest/globals";
import { type DirectFeedParts, feedDirectly, type RangesToFeed } from "#cli/backfill/start/feed-directly.ts";
import { rangesOf } from "#shared/backfill/ranges-of.ts";
import type { RequestOutcome } from "#shared/backfill/request-sender.ts";
import type { FedRange } from "#shared/fed-range.ts";
import type { JobItem } from "#shared/job-item.ts";
import { A_TASK_TEMPLATE, aCsvOfTasks } from "#test/support/backfill/a-backfill.ts";

const NOW_MS = Date.parse("2026-11-30T09:00:00Z");
const CSV = Buffer.from(aCsvOfTasks({ good: 30, refused: 2 }));
const FORMAT = { kind: "csv", delimiter: "," } as const;
const START = { job: "spring", startId: "0a1b2c3d4e5f" };
const INSTANCES = ["arn:aws:connect:us-east-1:000000000000:instance/00000000-0000-4000-8000-000000000000"];
const ITEM: JobItem = {
  operation: "CreateContact",
  startId: START.startId,
  templateHash: "a".repeat(64),
  fileHash: "b".repeat(64),
  fileBytes: CSV.length,
  startedAtMs: 0,
  connectInstanceArns: INSTANCES,
  state: "feeding",
};

async function aStoredJob(): Promise<RangesToFeed> {
  const cut = await rangesOf(
    async function* () {
      yield CSV;
    },
    FORMAT,
    { targetBytes: 1_000, targetRows: 4 },
  );
  if (!cut.ok) throw cut.error;
  return {
    start: START,
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
      connectInstanceArns: INSTANCES,
    },
  };
}

interface Wishes {
  readonly change?: Partial<JobItem>;
  /** What becomes of a request, by its id. */
  readonly outcome?: (requestId: string) => RequestOutcome;
  readonly bytes?: Buffer;
}

/** A deployment that remembers in which order it was asked for what. */
function aDeployment({ change = {}, outcome = () => ({ kind: "sent" }), bytes = CSV }: Wishes = {}) {
  const log: string[] = [];
  const sent: string[] = [];
  const fed = new Map<number, FedRange>();
  const refused = new Map<string, string>();
  const parts: DirectFeedParts = {
    jobs: { read: async () => ({ ...ITEM, ...change }) },
    fedRanges: {
      read: async () => fed,
      record: async (_start, from, range) => {
        log.push(`table ${from}`);
        fed.set(from, range);
      },
    },
    clock: { now: () => NOW_MS },
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
    checkpoint: async (from) => {
      log.push(`disk ${from}`);
    },
    onRow: () => undefined,
    onFedByOthers: ({ rows }) => {
      log.push(`${rows} rows fed by others`);
    },
  };
  return { parts, log, sent, fed, refused };
}

const run = (concurrency = 1, signal = new AbortController().signal) => ({ concurrency, signal });

test.each([1, 3])(
  "sends every good row once, in %i lanes, and writes each range to disk before the table",
  async (lanes) => {
    const job = await aStoredJob();
    const { parts, log, sent, fed, refused } = aDeployment();
    await feedDirectly(job, parts, run(lanes));

    expect(sent.toSorted()).toEqual(Array.from({ length: 30 }, (_, index) => `spring/k${index}`).toSorted());
    expect([...fed.keys()].toSorted((one, other) => one - other)).toEqual(job.ranges.map(({ start }) => start));
    for (const { start } of job.ranges) {
      expect(log.filter((entry) => entry.endsWith(` ${start}`))).toEqual([`disk ${start}`, `table ${start}`]);
    }
    expect([...fed.values()].map(({ fedAtMs }) => fedAtMs)).toEqual(job.ranges.map(() => NOW_MS));
    expect([...refused.keys()]).toHaveLength(2);
    expect([...refused.keys()].every((key) => key.startsWith("backfills/spring/0a1b2c3d4e5f/refused/"))).toBe(true);
    expect([...refused.values()].join("")).toContain('"key":"bad 0","reasons":[{"path":"requestId"');
  },
);

test("does not count a range as fed of which a row could not be sent, and begins no other", async () => {
  const job = await aStoredJob();
  const outcome = (id: string): RequestOutcome =>
    id === "spring/k6" ? { kind: "failed", reason: "SQS is tired", isFinal: false } : { kind: "sent" };
  const { parts, fed, sent } = aDeployment({ outcome });

  await expect(feedDirectly(job, parts, run())).rejects.toMatchObject({
    message: expect.stringContaining("SQS is tired. Start the job again"),
    exitStatus: 1,
  });
  expect(fed.size).toBe(1);
  expect(sent.length).toBeLessThan(10);
});

test("ends with 2 where a row would fail again", async () => {
  const job = await aStoredJob();
  const { parts } = aDeployment({ outcome: () => ({ kind: "failed", reason: "no rights", isFinal: true }) });

  await expect(feedDirectly(job, parts, run())).rejects.toMatchObject({ exitStatus: 2 });
});

test.each<readonly [string, Partial<JobItem>, string]>([
  ["is cancelled", { state: "cancelled" }, "The job spring was cancelled."],
  ["belongs to another start", { startId: "0".repeat(12) }, "The name spring belongs to another start by now."],
  ["has files that are still being stored", { state: "storing" }, "The name spring belongs to another start by now."],
])("sends nothing of a job that %s", async (_what, change, sentence) => {
  const job = await aStoredJob();
  const { parts, sent } = aDeployment({ change });

  await expect(feedDirectly(job, parts, run(2))).rejects.toMatchObject({
    message: expect.stringContaining(sentence),
    exitStatus: 1,
  });
  expect(sent).toEqual([]);
});

test("looks before each range whether the name is still its own", async () => {
  const job = await aStoredJob();
  const { parts, fed } = aDeployment();
  const jobs = { read: async () => (fed.size < 2 ? ITEM : { ...ITEM, startId: "0".repeat(12) }) };

  await expect(feedDirectly(job, { ...parts, jobs }, run())).rejects.toThrow("belongs to another start");
  expect(fed.size).toBe(2);
});

test("ends all lanes by a fault in one of them, and tells the first fault", async () => {
  const job = await aStoredJob();
  const { parts, fed } = aDeployment();
  const isAtIt = Promise.withResolvers<void>();
  const ended: unknown[] = [];
  const sender: DirectFeedParts["sender"] = {
    async *sendMany(requests, { signal } = {}) {
      for await (const request of requests) {
        if ((request as { readonly requestId: string }).requestId === "spring/k0") {
          await isAtIt.promise;
          throw new Error("the first fault");
        }
        // The other lane waits in the middle of its range, for nothing but the signal.
        await new Promise<void>((resolve) => {
          signal?.addEventListener("abort", () => resolve());
          isAtIt.resolve();
        });
        ended.push(signal?.reason);
        throw new Error("a fault that comes of it");
      }
      yield { kind: "sent" };
    },
  };

  await expect(feedDirectly(job, { ...parts, sender }, run(2))).rejects.toThrow("the first fault");
  expect(ended).toEqual([expect.objectContaining({ message: "the first fault" })]);
  expect(fed.size).toBe(0);
});

test("leaves out a range that another process has fed meanwhile, and says how many rows that were", async () => {
  const job = await aStoredJob();
  const { parts, log, fed, sent } = aDeployment();
  const [first] = job.ranges;
  if (first === undefined) throw new Error("There are no ranges.");
  fed.set(first.start, { end: first.end, sent: 4, refused: 0, fedAtMs: 0 });
  await feedDirectly(job, parts, run());

  expect(sent).toHaveLength(26);
  expect(log[0]).toBe("4 rows fed by others");
});

test("stops at once when it is interrupted, and says so", async () => {
  const job = await aStoredJob();
  const { parts, sent } = aDeployment();
  const reason = new Error("interrupted");

  await expect(feedDirectly(job, parts, run(2, AbortSignal.abort(reason)))).rejects.toBe(reason);
  expect(sent).toEqual([]);
});

test("does not go on with a stored file that was not cut into these ranges", async () => {
  const job = await aStoredJob();
  const other = Buffer.from(CSV.toString().replaceAll("wide ", "wid\n "));
  const { parts, fed } = aDeployment({ bytes: Buffer.from(other.toString().replaceAll('"', "")) });

  await expect(feedDirectly(job, parts, run())).rejects.toThrow(/is not the one that was cut into ranges/);
  expect(fed.size).toBe(0);
});

test("says what to do where the stored file can no longer be read", async () => {
  const job = await aStoredJob();
  const { parts, fed } = aDeployment({ bytes: Buffer.from(CSV.toString().replace("wide", "wi\0e")) });

  await expect(feedDirectly(job, parts, run())).rejects.toMatchObject({
    message: expect.stringMatching(
      /^The job spring cannot go on: .* Start the file under another name\. The stored file: /,
    ),
    exitStatus: 2,
  });
  expect(fed.size).toBe(0);
});

test("a range that is fed again, whatever is the default by now, goes to the default of the start", async () => {
  const job = await aStoredJob();
  const { parts } = aDeployment();
  const named: unknown[] = [];
  const sender: DirectFeedParts["sender"] = {
    async *sendMany(requests) {
      for await (const request of requests) {
        named.push((request as { readonly input: { readonly InstanceId?: string } }).input.InstanceId);
        yield { kind: "sent" };
      }
    },
  };
  await feedDirectly(job, { ...parts, sender }, run());

  expect(new Set(named)).toEqual(new Set(INSTANCES));
});
