import { describe, expect, test } from "@jest/globals";
import type { FeedItem } from "#functions/runtime/feed-item.ts";
import { readFeedItem } from "#functions/runtime/feed-item.ts";
import { type FeedAnswer, feedJobRange } from "#functions/runtime/feed-job-range.ts";
import { jobFiles } from "#shared/contract/job-files.ts";
import { aJob, HEADER, type PreparedJob } from "./support/a-job.ts";
import { type MemoryFeed, memoryFeed } from "./support/memory-feed.ts";

const NEVER = new AbortController().signal;
const GOOD = "1,Ada\n2,Grace\n";
const TOO_LONG = `3,${"x".repeat(2_000)}\n`;

const feedFirst = async (
  { items }: PreparedJob,
  { parts }: MemoryFeed,
  change: Partial<FeedItem> = {},
): Promise<FeedAnswer> => await feedJobRange(readFeedItem({ ...items[0], ...change }), parts, NEVER);

describe("a range of good rows", () => {
  test("is sent with the job's name as source, and requestIds of job and key", async () => {
    const job = await aJob(GOOD);
    const feed = memoryFeed(job);
    expect(await feedFirst(job, feed)).toEqual({ outcome: "fed", rows: 2, sent: 2, refused: 0, failed: 0 });
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
    expect(await feedFirst(job, feed)).toEqual({ outcome: "fed", rows: 4, sent: 2, refused: 2, failed: 0 });
    const key = jobFiles("spring").refused(HEADER.length);
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
    expect(feed.steps).toEqual([jobFiles("spring").refused(HEADER.length), "record"]);
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
      message: "1 of 2 rows could not be sent: the call to SQS failed: Throttled",
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
    expect(await feedFirst(job, feed)).toEqual({ outcome: "already-fed", rows: 3, sent: 2, refused: 1, failed: 0 });
    expect(feed.sent).toHaveLength(2);
  });

  test("is sent where it ends elsewhere now: a file may be cut in another way", async () => {
    const job = await aJob(GOOD);
    const feed = memoryFeed(job);
    feed.fed.set(`${job.item.fileHash} ${HEADER.length}`, { end: HEADER.length + 6, sent: 1, refused: 0 });
    expect(await feedFirst(job, feed)).toMatchObject({ outcome: "fed", sent: 2 });
  });

  test("is sent where another file has taken the place of the first", async () => {
    const job = await aJob(GOOD);
    const feed = memoryFeed(job);
    feed.fed.set(`${"0".repeat(64)} ${HEADER.length}`, { end: job.items[0]?.end ?? 0, sent: 2, refused: 0 });
    expect(await feedFirst(job, feed)).toMatchObject({ outcome: "fed", sent: 2 });
  });
});

test("of a cancelled job nothing is sent, and nothing is recorded", async () => {
  const job = await aJob(GOOD);
  const feed = memoryFeed({ ...job, item: { ...job.item, state: "cancelled" } });
  expect(await feedFirst(job, feed)).toEqual({ outcome: "cancelled", rows: 0, sent: 0, refused: 0, failed: 0 });
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
    feed.files.set(jobFiles("spring").template, JSON.stringify({ ...job.description, ...changes }));
  };

  test.each<[string, (job: PreparedJob, feed: MemoryFeed) => Partial<FeedItem> | undefined, string]>([
    ["a job that was never started", () => ({ job: "other" }), "There is no job other in the state table."],
    [
      "a template that is gone",
      (_job, { files }) => void files.delete(jobFiles("spring").template),
      "The template of the job spring is not in the bucket.",
    ],
    [
      "a template that is no JSON",
      (_job, { files }) => void files.set(jobFiles("spring").template, "{"),
      "This version cannot read the template of the job spring (the file).",
    ],
    [
      "a template of another version",
      (job, feed) => describing(job, feed, { columns: "id" }),
      "This version cannot read the template of the job spring (columns).",
    ],
    [
      "a template of another start",
      (job, feed) => describing(job, feed, { templateHash: "0".repeat(64) }),
      "The files of the job spring are of another start than its item.",
    ],
    [
      "files of another start",
      (job, feed) => describing(job, feed, { fileHash: "0".repeat(64) }),
      "The files of the job spring are of another start than its item.",
    ],
    [
      "a template that does not go with the columns",
      (job, feed) => describing(job, feed, { columns: ["id", "nickname"] }),
      "cannot be fed: unknown-column",
    ],
    ["a range with fewer rows than were counted", () => ({ rows: 3 }), "has 2 rows, and had 3 when it was cut"],
    [
      "a file that has changed into one that cannot be read",
      (_job, { files }) => void files.set(jobFiles("spring").input, `${HEADER}1,"A\n2,Grace\n`),
      "cannot be fed: Line 2:",
    ],
  ])("%s", async (_what, change, sentence) => {
    const error = await failing(change);
    expect(error).toMatchObject({ name: "InvalidFeed", message: expect.stringContaining(sentence) });
  });
});

describe("the input of the function", () => {
  const ITEM = { job: "spring", start: 8, end: 20, firstLine: 2, rows: 2 };

  test("may have members that a later version adds", () => {
    expect(readFeedItem({ ...ITEM, later: true })).toEqual(ITEM);
  });

  test.each([
    ["nothing", undefined, "the input"],
    ["a text", "spring", "the input"],
    ["a job's name with a slash", { ...ITEM, job: "a/b" }, "job: must be 1 to 63"],
    ["no first byte", { ...ITEM, start: undefined }, "start"],
    ["half a byte", { ...ITEM, end: 20.5 }, "end"],
    ["an end before the start", { ...ITEM, end: 8 }, "end: must be greater than start"],
    ["a line before the first", { ...ITEM, firstLine: 0 }, "firstLine"],
    ["no rows", { ...ITEM, rows: 0 }, "rows"],
  ])("that is %s is refused by a name that is not tried again", (_what, input, sentence) => {
    const read = () => readFeedItem(input);
    expect(read).toThrow(sentence);
    expect(read).toThrow(expect.objectContaining({ name: "InvalidFeed" }));
  });
});

test("a range that takes too long ends with the signal's reason, and is not recorded", async () => {
  const job = await aJob(GOOD);
  const feed = memoryFeed(job);
  const [item] = job.items;
  const late = new Error("time is up");
  const aborted: typeof feed.parts.sender = {
    async *sendMany(_requests, options) {
      options?.signal?.throwIfAborted();
      yield { kind: "sent" };
    },
  };
  await expect(
    feedJobRange(readFeedItem(item), { ...feed.parts, sender: aborted }, AbortSignal.abort(late)),
  ).rejects.toBe(late);
  expect(feed.steps).toEqual([]);
});
