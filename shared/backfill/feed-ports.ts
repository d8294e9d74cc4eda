import type { JobStart } from "../contract/job-start.ts";
import type { FedRange } from "../fed-range.ts";
import type { JobItem } from "../job-item.ts";
import type { RequestSender } from "./request-sender.ts";

/** What feeding a range works with, wherever that is done. */
export interface FeedPorts {
  readonly jobs: {
    read(job: string): Promise<JobItem | undefined>;
  };
  readonly fedRanges: {
    read(start: JobStart): Promise<ReadonlyMap<number, FedRange>>;
    record(start: JobStart, from: number, fed: FedRange): Promise<void>;
  };
  readonly files: {
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
