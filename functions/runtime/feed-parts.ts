import type { RequestSender } from "#shared/backfill/request-sender.ts";
import type { JobStart } from "#shared/contract/job-start.ts";
import type { FedRange } from "#shared/fed-range.ts";
import type { JobItem } from "#shared/job-item.ts";

/** What feeding a backfill works with. */
export interface FeedParts {
  readonly jobs: {
    read(job: string): Promise<JobItem | undefined>;
    markFed(start: JobStart): Promise<boolean>;
  };
  readonly fedRanges: {
    read(start: JobStart): Promise<ReadonlyMap<number, FedRange>>;
    record(start: JobStart, from: number, fed: FedRange): Promise<void>;
  };
  readonly files: {
    text(key: string, signal?: AbortSignal): Promise<string | undefined>;
    range(
      key: string,
      bytes: { readonly start: number; readonly end: number },
      signal?: AbortSignal,
    ): AsyncIterable<Uint8Array>;
    write(key: string, body: string): Promise<void>;
  };
  readonly sender: RequestSender;
  readonly clock: { now(): number };
}
