import { failed, type Result, succeeded } from "../result.ts";
import type { BackfillJob } from "./backfill-job.ts";
import { type CandidateReader, candidateReader } from "./candidate-reader.ts";
import type { Candidate, RefusedRow } from "./candidate-row.ts";
import { orUnusable } from "./input/or-unusable.ts";
import { rowBlocks } from "./input/row-blocks.ts";
import type { UnusableFile } from "./input/unusable-file.ts";
import { nameInstance } from "./name-instance.ts";
import type { RequestOutcome, RequestSender } from "./request-sender.ts";
import type { RowRange } from "./row-range.ts";
import type { TemplateProblem } from "./template/template-problem.ts";

/** A range to be fed, and what its rows are to become. */
export interface RangeToFeed {
  readonly job: BackfillJob;
  /** Of the whole file, as its start says: a range has no header. */
  readonly columns: readonly string[];
  /** What the deployment served at the start: rows that name no instance mean the first one. */
  readonly connectInstanceArns: readonly string[];
  readonly range: RowRange;
  /** The bytes of the range, and no others. */
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Ends the feeding, which then rejects with its reason. */
  readonly signal?: AbortSignal;
}

/** What became of the rows of a range. `rows` is the sum of the others. */
export interface FeedCounts {
  readonly rows: number;
  readonly sent: number;
  readonly refused: number;
  readonly failed: number;
}

/** What became of one row. */
export type FedRow =
  | { readonly kind: "sent"; readonly line: number; readonly key: string }
  | RefusedRow
  /** Good, but it may be on no queue: feeding the range again is safe. */
  | {
      readonly kind: "failed";
      readonly line: number;
      readonly key: string;
      readonly reason: string;
      readonly isFinal: boolean;
    };

/** The template does not go with the file, or the bytes are not the rows that the range was cut from. */
export type FeedRefusal = UnusableFile | readonly TemplateProblem[];

/**
 * Reads a range, makes a request of each row and sends it; `tell` hears of every row. Refused rows are told without any value or map
 * key of theirs but the row's key. A range that is fed again sends messages that the ledger answers.
 */
export async function feedRange(
  work: RangeToFeed,
  sender: RequestSender,
  tell: (row: FedRow) => void,
): Promise<Result<FeedCounts, FeedRefusal>> {
  const read = candidateReader(work.job, work.columns);
  if (!read.ok) return failed(read.error);
  const counts = { rows: 0, sent: 0, refused: 0, failed: 0 };
  const told = (row: FedRow): void => {
    counts.rows += 1;
    counts[row.kind] += 1;
    tell(row);
  };
  const fed = await orUnusable(() => feed(work, { read: read.value, sender, tell: told }));
  return fed.ok ? succeeded(counts) : fed;
}

interface Feeding {
  readonly read: CandidateReader;
  readonly sender: RequestSender;
  readonly tell: (row: FedRow) => void;
}

async function feed(work: RangeToFeed, { read, sender, tell }: Feeding): Promise<void> {
  /** Those whose outcome has not come yet: outcomes come in the order of the requests. */
  const waiting: Candidate[] = [];
  const { signal, connectInstanceArns } = work;
  const [meantArn] = connectInstanceArns;
  for await (const outcome of sender.sendMany(requests(), { ...(signal !== undefined && { signal }) })) {
    const row = waiting.shift();
    if (row === undefined) throw new Error("The sender told of a request that it was not given.");
    tell(fedRow(row, outcome));
  }
  if (waiting.length > 0) throw new Error(`The sender did not tell of ${waiting.length} requests that it was given.`);

  async function* requests(): AsyncGenerator<unknown, void> {
    for await (const row of candidates(work, read)) {
      if (row.kind === "refused") tell(row);
      else {
        waiting.push(row);
        yield nameInstance(row.request, meantArn);
      }
    }
  }
}

async function* candidates({ bytes, job, range }: RangeToFeed, read: CandidateReader) {
  const start = { offset: range.start, line: range.firstLine };
  for await (const block of rowBlocks(bytes, job.format, start)) yield* read(block);
}

function fedRow({ line, key }: Candidate, outcome: RequestOutcome): FedRow {
  switch (outcome.kind) {
    case "sent":
      return { kind: "sent", line, key };
    case "refused":
      return { kind: "refused", line, key, reasons: outcome.issues };
    case "failed":
      return { kind: "failed", line, key, reason: outcome.reason, isFinal: outcome.isFinal };
  }
}
