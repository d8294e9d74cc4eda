import { beforeEach, describe, expect, test } from "@jest/globals";
import { feedOneRange, type OneRange } from "#shared/backfill/feed-one-range.ts";
import type { FeedPorts } from "#shared/backfill/feed-ports.ts";
import type { FedRow } from "#shared/backfill/feed-range.ts";
import type { RequestOutcome } from "#shared/backfill/request-sender.ts";
import { jobFiles } from "#shared/contract/job-files.ts";
import type { FedRange } from "#shared/fed-range.ts";
import type { JobDescription } from "#shared/job-description.ts";
import type { JobItem } from "#shared/job-item.ts";
import { AN_INSTANCE } from "#test/support/a-worker.ts";
import { aCsvJob } from "./a-job.ts";

const START = { job: "spring", startId: "0a1b2c3d4e5f" };
const HEADER = "id,name\n";
const NEVER = new AbortController().signal;
const DESCRIPTION = {
  job: aCsvJob(),
  columns: ["id", "name"],
  connectInstanceArns: [AN_INSTANCE.arn],
} as JobDescription;
const ITEM: JobItem = {
  operation: "CreateContact",
  ...START,
  templateHash: "a".repeat(64),
  fileHash: "b".repeat(64),
  fileBytes: 100,
  startedAtMs: 0,
  connectInstanceArns: [AN_INSTANCE.arn],
  state: "feeding",
};

/** What was done, in order. */
let steps: string[];
let fed: Map<number, FedRange>;
let nowMs: number;
beforeEach(() => {
  steps = [];
  fed = new Map();
  nowMs = 1_000;
});

interface World {
  readonly item?: JobItem | undefined;
  readonly rows?: string;
  readonly outcome?: (index: number) => RequestOutcome;
}

function ports(world: World = {}): FeedPorts {
  const { rows = "1,Ada\n2,Grace\n", outcome = () => ({ kind: "sent" }) } = world;
  const item = "item" in world ? world.item : ITEM;
  return {
    jobs: { read: async () => item },
    fedRanges: {
      read: async () => fed,
      record: async ({ startId }, from, range) => {
        steps.push("recorded");
        expect(startId).toBe(START.startId);
        fed.set(from, range);
      },
    },
    files: {
      range: async function* (key, { start, end }) {
        expect(key).toBe(jobFiles(START).input);
        yield Buffer.from(HEADER + rows).subarray(start, end);
      },
      write: async (key) => {
        steps.push(key);
      },
    },
    sender: {
      async *sendMany(requests) {
        let index = 0;
        for await (const request of requests) {
          steps.push(`sent ${Object(request).requestId}`);
          nowMs += 500;
          yield outcome(index);
          index += 1;
        }
      },
    },
    clock: { now: () => nowMs },
  };
}

const aRange = (rows = "1,Ada\n2,Grace\n", more: Partial<OneRange> = {}): OneRange => ({
  start: START,
  range: { start: HEADER.length, end: HEADER.length + rows.length, firstLine: 2, rows: rows.split("\n").length - 1 },
  describe: async () => {
    steps.push("described");
    return DESCRIPTION;
  },
  ...more,
});

test("a range is sent, and then recorded with the moment before its first row was sent", async () => {
  expect(await feedOneRange(aRange(), ports(), NEVER)).toEqual({ kind: "fed", sent: 2, refused: 0 });
  expect(steps).toEqual(["described", "sent spring/1", "sent spring/2", "recorded"]);
  expect([...fed]).toEqual([[HEADER.length, { end: HEADER.length + 14, sent: 2, refused: 0, fedAtMs: 1_000 }]]);
  expect(nowMs).toBe(2_000);
});

test("refused rows are written down before the range is recorded, and every row is told", async () => {
  const rows = "1,Ada\n2\n";
  const told: FedRow[] = [];
  const end = await feedOneRange(aRange(rows, { tell: (row) => told.push(row) }), ports({ rows }), NEVER);

  expect(end).toEqual({ kind: "fed", sent: 1, refused: 1 });
  expect(steps.slice(-2)).toEqual([jobFiles(START).refused(HEADER.length), "recorded"]);
  expect(told.map(({ kind }) => kind).toSorted()).toEqual(["refused", "sent"]);
});

test("a range that somebody has fed is not sent again", async () => {
  fed.set(HEADER.length, { end: HEADER.length + 14, sent: 1, refused: 1, fedAtMs: 0 });
  expect(await feedOneRange(aRange(), ports(), NEVER)).toEqual({ kind: "already-fed", sent: 1, refused: 1 });
  expect(steps).toEqual([]);
});

describe("nothing is sent, nor its template read, where the start", () => {
  test.each<readonly [string, JobItem | undefined, string]>([
    ["has no job", undefined, "no-job"],
    ["was cancelled", { ...ITEM, state: "cancelled" }, "cancelled"],
    ["is not stored yet", { ...ITEM, state: "storing" }, "not-stored"],
    ["has lost its name", { ...ITEM, startId: "0".repeat(12) }, "another-start"],
    [
      "has lost its name to one that was cancelled",
      { ...ITEM, startId: "0".repeat(12), state: "cancelled" },
      "another-start",
    ],
  ])("%s", async (_what, item, kind) => {
    expect(await feedOneRange(aRange(), ports({ item }), NEVER)).toEqual({ kind });
    expect(steps).toEqual([]);
  });
});

test("a range of a job that was marked as fed too soon is fed all the same", async () => {
  expect(await feedOneRange(aRange(), ports({ item: { ...ITEM, state: "fed" } }), NEVER)).toMatchObject({
    kind: "fed",
  });
});

describe("a range is not recorded", () => {
  test("of which a row may be on no queue: the first such row is told", async () => {
    const outcome = (index: number): RequestOutcome => ({ kind: "failed", reason: `reason ${index}`, isFinal: false });
    expect(await feedOneRange(aRange(), ports({ outcome }), NEVER)).toEqual({
      kind: "not-sent",
      row: { kind: "failed", line: 2, key: "1", reason: "reason 0", isFinal: false },
    });
    expect(steps).not.toContain("recorded");
  });

  test("of which a row may be on no queue: what follows it is not sent in vain", async () => {
    const rows = Array.from({ length: 1_000 }, (_, index) => `${index},Ada\n`).join("");
    let tried = 0;
    const sender: FeedPorts["sender"] = {
      async *sendMany(requests, { signal } = {}) {
        for await (const _request of requests) {
          signal?.throwIfAborted();
          tried += 1;
          yield { kind: "failed", reason: "nobody there", isFinal: false };
        }
      },
    };
    const end = await feedOneRange(aRange(rows), { ...ports({ rows }), sender }, NEVER);
    expect(end).toMatchObject({ kind: "not-sent", row: { line: 2, reason: "nobody there" } });
    expect(tried).toBe(1);
  });

  test("that has another number of rows than were counted", async () => {
    const { range, ...one } = aRange();
    const end = await feedOneRange({ ...one, range: { ...range, rows: 3 } }, ports(), NEVER);
    expect(end).toEqual({ kind: "other-rows", rows: 2 });
    expect(steps).not.toContain("recorded");
  });

  test.each<readonly [string, Partial<OneRange>, string, object]>([
    [
      "whose template does not go with the columns",
      { describe: async () => ({ ...DESCRIPTION, columns: ["id"] }) },
      "1,Ada\n2,Grace\n",
      [{ code: "unknown-column" }],
    ],
    ["whose bytes are no rows any more", {}, '1,"Ad\n2,Grace\n', { kind: "unclosed-quote" }],
  ])("%s", async (_what, more, rows, refusal) => {
    const end = await feedOneRange(aRange("1,Ada\n2,Grace\n", more), ports({ rows }), NEVER);
    expect(end).toMatchObject({ kind: "unusable", refusal });
    expect(steps).not.toContain("recorded");
  });

  test("whose refused rows could not be written down: the fault goes on", async () => {
    const rows = "1\n";
    const { files, ...others } = ports({ rows });
    const write = async () => Promise.reject(new Error("no rights"));
    await expect(feedOneRange(aRange(rows), { ...others, files: { ...files, write } }, NEVER)).rejects.toThrow(
      "no rights",
    );
    expect(steps).not.toContain("recorded");
  });
});
