import { describe, expect, test } from "@jest/globals";
import { endRun } from "#functions/runtime/end-run.ts";
import { type FeedItem, readFeedInput } from "#functions/runtime/feed-input.ts";
import { type FeedAnswer, feedJobRange } from "#functions/runtime/feed-job-range.ts";
import { jobFiles } from "#shared/contract/job-files.ts";
import { aJob, HEADER, type PreparedJob, START } from "./support/a-job.ts";
import { type MemoryFeed, memoryFeed, NOW_MS } from "./support/memory-feed.ts";

const NEVER = new AbortController().signal;
const GOOD = "1,Ada\n2,Grace\n";
const TOO_LONG = `3,${"x".repeat(2_000)}\n`;

const feedFirst = async (
  { items }: PreparedJob,
  { parts }: MemoryFeed,
  change: Partial<FeedItem> = {},
): Promise<FeedAnswer> => await feedJobRange({ ...firstOf(items), ...change }, parts, NEVER);

function firstOf([item]: readonly FeedItem[]): FeedItem {
  if (item === undefined) throw new Error("There are no ranges.");
  return item;
}

describe("a range of good rows", () => {
  test("is sent with the job's name as source, and requestIds of job and key", async () => {
    const job = await aJob(GOOD);
    const feed = memoryFeed(job);
    expect(await feedFirst(job, feed)).toEqual({ outcome: "fed", rows: 2, sent: 2, refused: 0 });
    expect(feed.sent).toMatchObject([
      { requestId: "spring/1", source: "spring", operation: "CreateContact", input: { Name: "Call Ada" } },
      { requestId: "spring/2", source: "spring", input: { Name: "Call Grace" } },
    ]);
  });

  test("leaves no file of refused rows", async () => {
    const job = await aJob(GOOD);
    const feed = memoryFeed(job);
    await feedFirst(job, feed);
    expect(feed.steps).toEqual(["record"]);
  });
});

test("all ranges of a file together send every row, each once", async () => {
  const rows = Array.from({ length: 200 }, (_each, index) => `${index},"name\n${index}"\n`).join("");
  const job = await aJob(rows, { targetBytes: 300 });
  const feed = memoryFeed(job);
  expect(job.items.length).toBeGreaterThan(5);
  for (const item of job.items) await feedJobRange(item, feed.parts, NEVER);
  const ids = feed.sent.map((request) => Object(request).requestId);
  expect(ids).toEqual(Array.from({ length: 200 }, (_each, index) => `spring/${index}`));
  expect([...feed.fed.values()].reduce((sum, { sent }) => sum + sent, 0)).toBe(200);
});

describe("a range with refused rows", () => {
  test("is fed, and its refused rows are written down with line, key and reasons, and without their values", async () => {
    const job = await aJob(`${GOOD}${TOO_LONG}4\n`);
    const feed = memoryFeed(job);
    expect(await feedFirst(job, feed)).toEqual({ outcome: "fed", rows: 4, sent: 2, refused: 2 });
    const key = jobFiles(START).refused(HEADER.length);
    const lines = feed.files.get(key)?.trimEnd().split("\n") ?? [];
    const refused: unknown[] = lines.map((line) => JSON.parse(line));
    expect(refused.toSorted((a, b) => Object(a).line - Object(b).line)).toEqual([
      { line: 4, key: "3", reasons: [expect.objectContaining({ path: "input.Name", code: "too-long" })] },
      { line: 5, key: null, reasons: [expect.objectContaining({ code: "cell-count" })] },
    ]);
    expect(lines.join()).not.toContain("xxx");
  });

  test("is recorded as fed only once they are written down", async () => {
    const job = await aJob(TOO_LONG);
    const feed = memoryFeed(job);
    await feedFirst(job, feed);
    expect(feed.steps).toEqual([jobFiles(START).refused(HEADER.length), "record"]);
  });
});

describe("a range of which a row could not be sent", () => {
  const refusing = (index: number) =>
    index === 1
      ? ({ kind: "failed", reason: "the call to SQS failed: Throttled", isFinal: false } as const)
      : ({ kind: "sent" } as const);

  test("fails by a name that the state machine tries again, with the reason, and is not recorded", async () => {
    const job = await aJob(GOOD);
    const feed = memoryFeed(job, refusing);
    await expect(feedFirst(job, feed)).rejects.toMatchObject({
      name: "RangeNotFed",
      message: "The row on line 3 could not be sent: the call to SQS failed: Throttled",
    });
    expect(feed.steps).toEqual([]);
  });

  test("is fed as a whole when it is tried again", async () => {
    const job = await aJob(GOOD);
    let isBroken = true;
    const feed = memoryFeed(job, (index) => (isBroken ? refusing(index) : { kind: "sent" }));
    await expect(feedFirst(job, feed)).rejects.toThrow();
    isBroken = false;
    expect(await feedFirst(job, feed)).toMatchObject({ outcome: "fed", sent: 2 });
  });
});

describe("a range that has been fed", () => {
  test("is not sent again, and its counts are given again", async () => {
    const job = await aJob(`${GOOD}${TOO_LONG}`);
    const feed = memoryFeed(job);
    await feedFirst(job, feed);
    expect(await feedFirst(job, feed)).toEqual({ outcome: "already-fed", rows: 3, sent: 2, refused: 1 });
    expect(feed.sent).toHaveLength(2);
  });

  test("is sent where it ends elsewhere now: a file may be cut in another way", async () => {
    const job = await aJob(GOOD);
    const feed = memoryFeed(job);
    feed.fed.set(`${START.startId} ${HEADER.length}`, { end: HEADER.length + 6, sent: 1, refused: 0, fedAtMs: 0 });
    expect(await feedFirst(job, feed)).toMatchObject({ outcome: "fed", sent: 2 });
  });

  test("is sent where it was fed for another start", async () => {
    const job = await aJob(GOOD);
    const feed = memoryFeed(job);
    feed.fed.set(`${"0".repeat(12)} ${HEADER.length}`, {
      end: firstOf(job.items).end,
      sent: 2,
      refused: 0,
      fedAtMs: 0,
    });
    expect(await feedFirst(job, feed)).toMatchObject({ outcome: "fed", sent: 2 });
  });
});

test("of a job whose files are still being stored nothing is sent", async () => {
  const job = await aJob(GOOD);
  const feed = memoryFeed({ ...job, item: { ...job.item, state: "storing" } });
  await expect(feedFirst(job, feed)).rejects.toMatchObject({
    name: "InvalidFeed",
    message: expect.stringContaining("are not stored yet"),
  });
  expect([feed.sent, feed.steps]).toEqual([[], []]);
});

test("a range names the instance that was the default at the start, in rows that name none", async () => {
  const job = await aJob(GOOD);
  const arn = "arn:aws:connect:us-east-1:000000000000:instance/11111111-1111-4111-8111-111111111111";
  const feed = memoryFeed({ ...job, description: { ...job.description, connectInstanceArns: [arn, "another"] } });
  await feedFirst(job, feed);
  expect(feed.sent).toMatchObject([{ input: { InstanceId: arn } }, { input: { InstanceId: arn } }]);
});

test("a range is recorded with when it was fed", async () => {
  const job = await aJob(GOOD);
  const feed = memoryFeed(job);
  await feedFirst(job, feed);
  const { end } = firstOf(job.items);
  expect([...feed.fed]).toEqual([[`${START.startId} ${HEADER.length}`, { end, sent: 2, refused: 0, fedAtMs: NOW_MS }]]);
});

test("of a cancelled job nothing is sent, and nothing is recorded", async () => {
  const job = await aJob(GOOD);
  const feed = memoryFeed({ ...job, item: { ...job.item, state: "cancelled" } });
  expect(await feedFirst(job, feed)).toEqual({ outcome: "cancelled", rows: 0, sent: 0, refused: 0 });
  expect([feed.sent, feed.steps]).toEqual([[], []]);
});

describe("what feeding again would not mend fails by a name that is not tried again", () => {
  const failing = async (change: (job: PreparedJob, feed: MemoryFeed) => Partial<FeedItem> | undefined) => {
    const job = await aJob(GOOD);
    const feed = memoryFeed(job);
    const error = await feedFirst(job, feed, change(job, feed)).catch((thrown: unknown) => thrown);
    expect(feed.steps).toEqual([]);
    return error;
  };
  const describing = (job: PreparedJob, feed: MemoryFeed, changes: object): undefined => {
    feed.files.set(jobFiles(START).template, JSON.stringify({ ...job.description, ...changes }));
  };

  test.each<[string, (job: PreparedJob, feed: MemoryFeed) => Partial<FeedItem> | undefined, string]>([
    ["a job that was never started", () => ({ job: "other" }), "There is no job other in the state table."],
    [
      "a template that is gone",
      (_job, { files }) => void files.delete(jobFiles(START).template),
      "backfills/spring/0a1b2c3d4e5f/template.json is not in the bucket. Start the job again.",
    ],
    [
      "a template that is no JSON",
      (_job, { files }) => void files.set(jobFiles(START).template, "{"),
      "This version cannot read backfills/spring/0a1b2c3d4e5f/template.json (all of it). Deploy the version that has started the job, or",
    ],
    [
      "a template of another version",
      (job, feed) => describing(job, feed, { columns: "id" }),
      "This version cannot read backfills/spring/0a1b2c3d4e5f/template.json (columns).",
    ],
    [
      "a range of another start than the job belongs to, whose files are there too",
      (_job, { files }) => {
        const startId = "0".repeat(12);
        for (const [key, text] of [...files]) files.set(key.replace(START.startId, startId), text);
        return { startId };
      },
      "The job spring belongs to another start than this run.",
    ],
    [
      "a template that does not go with the columns",
      (job, feed) => describing(job, feed, { columns: ["id", "nickname"] }),
      "cannot be fed: its template has unknown-column. Start the file under another name.",
    ],
    [
      "a range with fewer rows than were counted",
      () => ({ rows: 3 }),
      "has 2 rows, and had 3 when it was cut: the stored file is another one. Start the file under another name.",
    ],
    [
      "a file that has changed into one that cannot be read",
      (_job, { files }) => void files.set(jobFiles(START).input, `${HEADER}1,"A\n2,Grace\n`),
      "cannot be fed: Line 2:",
    ],
  ])("%s", async (_what, change, sentence) => {
    const error = await failing(change);
    expect(error).toMatchObject({ name: "InvalidFeed", message: expect.stringContaining(sentence) });
  });
});

describe("the end of a run", () => {
  const END = { step: "end", ...START } as const;
  const MANY = Array.from({ length: 40 }, (_each, index) => `${index},Ada\n`).join("");

  test("marks the job as fed when all ranges of this start are recorded", async () => {
    const job = await aJob(MANY, { targetBytes: 100 });
    const feed = memoryFeed(job);
    for (const item of job.items) await feedJobRange(item, feed.parts, NEVER);
    expect(await endRun(END, feed.parts)).toEqual({ outcome: "all-fed" });
    expect(feed.steps.at(-1)).toBe(`mark ${START.startId}`);
  });

  test("fails where ranges are left, by a name that is not tried again, with how many and what to do", async () => {
    const job = await aJob(MANY, { targetBytes: 100 });
    const feed = memoryFeed(job);
    const [, ...others] = job.items;
    for (const item of others) await feedJobRange(item, feed.parts, NEVER);
    // Of another start, or of a range that ended elsewhere, a record is worth nothing.
    const { start, end } = firstOf(job.items);
    feed.fed.set(`${"0".repeat(12)} ${start}`, { end, sent: 1, refused: 0, fedAtMs: 0 });
    feed.fed.set(`${START.startId} ${start}`, { end: end - 1, sent: 1, refused: 0, fedAtMs: 0 });

    await expect(endRun(END, feed.parts)).rejects.toMatchObject({
      name: "JobNotFed",
      message: expect.stringMatching(
        new RegExp(
          `^1 of the ${job.items.length} ranges of the job spring are not fed: the files in backfills/spring/0a1b2c3d4e5f/results/ say why\\. Mend it, and start the job again`,
        ),
      ),
    });
    expect(feed.steps).not.toContain(`mark ${START.startId}`);
  });

  test("is well where the job was cancelled, before or just now", async () => {
    const job = await aJob(GOOD);
    const before = memoryFeed({ ...job, item: { ...job.item, state: "cancelled" } });
    expect(await endRun(END, before.parts)).toEqual({ outcome: "cancelled" });
    const now = memoryFeed(job);
    await feedFirst(job, now);
    const jobs = { ...now.parts.jobs, markFed: async () => false };
    expect(await endRun(END, { ...now.parts, jobs })).toEqual({ outcome: "cancelled" });
  });

  test.each<[string, (feed: MemoryFeed) => void, string]>([
    ["are gone", ({ files }) => void files.delete(jobFiles(START).ranges), "ranges.json is not in the bucket."],
    ["cannot be read", ({ files }) => void files.set(jobFiles(START).ranges, "[{}]"), "ranges.json (0.start, 0.end"],
  ])("fails for good where the ranges %s", async (_what, change, sentence) => {
    const feed = memoryFeed(await aJob(GOOD));
    change(feed);
    await expect(endRun(END, feed.parts)).rejects.toMatchObject({
      name: "InvalidFeed",
      message: expect.stringContaining(sentence),
    });
  });

  test("of another start is no business of the job", async () => {
    const feed = memoryFeed(await aJob(GOOD));
    await expect(endRun({ ...END, startId: "0".repeat(12) }, feed.parts)).rejects.toThrow("belongs to another start");
  });
});

describe("the input of the function", () => {
  const ITEM = { step: "range", ...START, start: 8, end: 20, firstLine: 2, rows: 2 };

  test("may have members that a later version adds", () => {
    expect(readFeedInput({ ...ITEM, later: true })).toEqual(ITEM);
    expect(readFeedInput({ step: "end", ...START, later: true })).toEqual({ step: "end", ...START });
  });

  test.each([
    ["nothing", undefined, "the input"],
    ["a text", "spring", "the input"],
    ["another step", { ...ITEM, step: "leap" }, "step"],
    ["a job's name with a slash", { ...ITEM, job: "a/b" }, "job: must be 1 to 63"],
    ["no start", { ...ITEM, startId: undefined }, "startId"],
    ["a start with a slash", { ...ITEM, startId: "../another00" }, "startId: must be 12 hexadecimal digits"],
    ["the end of no start", { step: "end", job: "spring" }, "startId"],
    ["no first byte", { ...ITEM, start: undefined }, "start"],
    ["half a byte", { ...ITEM, end: 20.5 }, "end"],
    ["an end before the start", { ...ITEM, end: 8 }, "end: must be greater than start"],
    ["a line before the first", { ...ITEM, firstLine: 0 }, "firstLine"],
    ["no rows", { ...ITEM, rows: 0 }, "rows"],
  ])("that is %s is refused by a name that is not tried again", (_what, input, sentence) => {
    const read = () => readFeedInput(input);
    expect(read).toThrow(sentence);
    expect(read).toThrow(expect.objectContaining({ name: "InvalidFeed" }));
  });
});

test("a range that takes too long ends with the signal's reason, and is not recorded", async () => {
  const job = await aJob(GOOD);
  const feed = memoryFeed(job);
  const late = new Error("time is up");
  const aborted: typeof feed.parts.sender = {
    async *sendMany(_requests, options) {
      options?.signal?.throwIfAborted();
      yield { kind: "sent" };
    },
  };
  await expect(
    feedJobRange(firstOf(job.items), { ...feed.parts, sender: aborted }, AbortSignal.abort(late)),
  ).rejects.toBe(late);
  expect(feed.steps).toEqual([]);
});
