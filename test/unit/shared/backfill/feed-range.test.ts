import { describe, expect, test } from "@jest/globals";
import { ContactRequestProducer } from "#producer/contact-request-producer.ts";
import type { BackfillJob } from "#shared/backfill/backfill-job.ts";
import { type FedRow, feedRange } from "#shared/backfill/feed-range.ts";
import { inputStart } from "#shared/backfill/input/input-start.ts";
import { rangesOf } from "#shared/backfill/ranges-of.ts";
import type { RequestOutcome, RequestSender } from "#shared/backfill/request-sender.ts";
import { type ContactRequest, parseContactRequest } from "#shared/contract/contact-request.ts";
import { printRedacted } from "#shared/contract/print-redacted.ts";
import { AN_INSTANCE } from "#test/support/a-worker.ts";
import { aFile } from "./a-file.ts";
import { aCsvJob } from "./a-job.ts";

const SERVED = [AN_INSTANCE.arn];

/** Judges as the producer does, and reads a few requests ahead of the outcomes that it gives. */
class MemorySender implements RequestSender {
  readonly sent: ContactRequest[] = [];
  readonly #failing: (request: ContactRequest) => boolean;

  constructor(failing: (request: ContactRequest) => boolean = () => false) {
    this.#failing = failing;
  }

  async *sendMany(requests: Iterable<unknown> | AsyncIterable<unknown>, { signal }: { signal?: AbortSignal } = {}) {
    const waiting: RequestOutcome[] = [];
    for await (const request of requests) {
      signal?.throwIfAborted();
      waiting.push(this.#outcome(request));
      if (waiting.length > 3) yield* waiting.splice(0, 2);
    }
    yield* waiting;
  }

  #outcome(request: unknown): RequestOutcome {
    const parsed = parseContactRequest(request);
    if (!parsed.ok) return { kind: "refused", issues: parsed.error.map(printRedacted) };
    if (this.#failing(parsed.value)) return { kind: "failed", reason: "SQS answered no", isFinal: false };
    this.sent.push(parsed.value);
    return { kind: "sent" };
  }
}

const FILE = `id,name\n1,Ada\n2,Grace,Hopper\n3,${"x".repeat(1_025)}\n4,Joan\n\n"5","Ed\nDijkstra"\n6,Don\n`;

async function fed(
  sender: RequestSender,
  { job = aCsvJob(), content = FILE }: { job?: BackfillJob; content?: string } = {},
) {
  const rows: FedRow[] = [];
  const cut = await rangesOf(aFile(content), job.format, { targetBytes: 20 });
  if (!cut.ok) throw cut.error;
  const counts: unknown[] = [];
  for (const range of cut.value.ranges) {
    const bytes = aFile(Buffer.from(content).subarray(range.start, range.end), [5])();
    const result = await feedRange(
      { job, columns: cut.value.start.columns, connectInstanceArns: SERVED, range, bytes },
      sender,
      (row) => rows.push(row),
    );
    if (!result.ok) throw new Error(JSON.stringify(result.error));
    expect(result.value.rows).toBe(range.rows);
    counts.push(result.value);
  }
  return { rows, counts };
}

describe("feeding the ranges of a file", () => {
  test("sends each good row, and tells what became of every row with its line", async () => {
    const sender = new MemorySender(({ requestId }) => requestId === "spring/4");
    const { rows, counts } = await fed(sender);
    expect(sender.sent.map(({ requestId }) => requestId)).toEqual(["spring/1", "spring/5", "spring/6"]);
    expect(rows.toSorted((one, other) => one.line - other.line)).toMatchObject([
      { kind: "sent", line: 2, key: "1" },
      { kind: "refused", line: 3, key: null, reasons: [{ path: "", code: "cell-count" }] },
      { kind: "refused", line: 4, key: "3", reasons: [{ path: "input.Name", code: "too-long" }] },
      { kind: "failed", line: 5, key: "4", reason: "SQS answered no", isFinal: false },
      { kind: "sent", line: 7, key: "5" },
      { kind: "sent", line: 9, key: "6" },
    ]);
    const sum = { rows: 0, sent: 0, refused: 0, failed: 0 };
    for (const each of counts as (typeof sum)[]) {
      for (const name of ["rows", "sent", "refused", "failed"] as const) sum[name] += each[name];
    }
    expect(sum).toEqual({ rows: 6, sent: 3, refused: 2, failed: 1 });
    expect(counts.length).toBeGreaterThan(1);
  });

  test("sends the same messages when it is done again", async () => {
    const [once, again] = [new MemorySender(), new MemorySender()];
    await fed(once);
    await fed(again);
    expect(again.sent).toEqual(once.sent);
  });

  test("says no value of a refused row", async () => {
    const content = `id,name\n1,Ada,secret\n2,${"secret".repeat(200)}\n3,Joan\n`;
    const { rows } = await fed(new MemorySender(), { content });
    expect(rows.filter(({ kind }) => kind === "refused")).toHaveLength(2);
    expect(JSON.stringify(rows)).not.toContain("secret");
  });
});

describe("a range that cannot be fed", () => {
  const range = { start: 8, end: 14, firstLine: 2, rows: 1 };
  const nobodyHears = () => {
    throw new Error("No row was to be told of.");
  };

  test("is refused before its first row where the template does not go with the file", async () => {
    const sender = new MemorySender();
    const job = aCsvJob({ keyColumn: "ident" });
    const work = { job, columns: ["id", "name"], connectInstanceArns: SERVED, range, bytes: aFile("1,Ada\n")() };
    expect(await feedRange(work, sender, nobodyHears)).toMatchObject({
      ok: false,
      error: [{ code: "unknown-key-column" }],
    });
    expect(sender.sent).toEqual([]);
  });

  test("says so where its bytes are no longer rows", async () => {
    const work = {
      job: aCsvJob(),
      columns: ["id", "name"],
      connectInstanceArns: SERVED,
      range,
      bytes: aFile('1,"Ada\n')(),
    };
    expect(await feedRange(work, new MemorySender(), nobodyHears)).toMatchObject({
      ok: false,
      error: { kind: "unclosed-quote", line: 2 },
    });
  });

  test("rejects with the reason of its signal", async () => {
    const signal = AbortSignal.abort(new Error("interrupted"));
    const work = {
      job: aCsvJob(),
      columns: ["id", "name"],
      connectInstanceArns: SERVED,
      range,
      bytes: aFile("1,Ada\n")(),
      signal,
    };
    await expect(feedRange(work, new MemorySender(), nobodyHears)).rejects.toThrow("interrupted");
  });

  test("rejects where the sender keeps an outcome to itself: no row is lost in silence", async () => {
    const sender: RequestSender = {
      async *sendMany(requests) {
        let index = 0;
        for await (const _request of requests) {
          if (index > 0) yield { kind: "sent" } as const;
          index += 1;
        }
      },
    };
    const work = {
      job: aCsvJob(),
      columns: ["id", "name"],
      connectInstanceArns: SERVED,
      range,
      bytes: aFile("1,Ada\n2,Joan\n")(),
    };
    await expect(feedRange(work, sender, () => undefined)).rejects.toThrow("did not tell of 1 requests");
  });

  test("rejects with what its bytes are rejected with", async () => {
    const bytes = (async function* () {
      yield Buffer.from("1,Ada\n2,");
      throw new Error("the disk is gone");
    })();
    const work = { job: aCsvJob(), columns: ["id", "name"], connectInstanceArns: SERVED, range, bytes };
    await expect(feedRange(work, new MemorySender(), () => undefined)).rejects.toThrow("the disk is gone");
  });
});

test("the producer is a sender, as tsc sees it too", () => {
  const sender: RequestSender = new ContactRequestProducer({ lane: "backfill" });
  expect(sender.sendMany).toBeInstanceOf(Function);
});

test("a header may have line ends within quotes: lines are counted on", async () => {
  const start = await inputStart(aFile('\n"id\nof it",name\n1,Ada\n', [2]), { kind: "csv", delimiter: "," });
  expect(start).toEqual({ columns: ["id\nof it", "name"], offset: 17, line: 4 });
});
