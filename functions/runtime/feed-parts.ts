import type { FeedPorts } from "#shared/backfill/feed-ports.ts";
import type { JobStart } from "#shared/contract/job-start.ts";

/** What the function works with: besides feeding, it reads the job's files, and marks it as fed. */
export interface FeedParts extends FeedPorts {
  readonly jobs: FeedPorts["jobs"] & {
    markFed(start: JobStart): Promise<boolean>;
  };
  readonly files: FeedPorts["files"] & {
    text(key: string): Promise<string | undefined>;
  };
}
