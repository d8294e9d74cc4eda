import type { FeedParts } from "#functions/runtime/feed-parts.ts";
import type { RequestOutcome } from "#shared/backfill/request-sender.ts";
import { parseContactRequest } from "#shared/contract/contact-request.ts";
import { jobFiles } from "#shared/contract/job-files.ts";
import type { FedRange } from "#shared/fed-range.ts";
import type { PreparedJob } from "./a-job.ts";

export const NOW_MS = Date.UTC(2026, 10, 21);

/** What a feed works with, in memory, and what it did with it. */
export interface MemoryFeed {
  readonly parts: FeedParts;
  readonly files: Map<string, string>;
  /** By start and first byte. */
  readonly fed: Map<string, FedRange>;
  readonly sent: unknown[];
  /** What is done, in order: `record`, `mark …` and keys that are written. */
  readonly steps: string[];
}

/** The job's files and item; `outcome` says what becomes of each good request. */
export function memoryFeed(
  { start: ofJob, items, input, description, item }: PreparedJob,
  outcome: (index: number) => RequestOutcome = () => ({ kind: "sent" }),
): MemoryFeed {
  const keys = jobFiles(ofJob);
  const files = new Map([
    [keys.input, input],
    [keys.template, JSON.stringify(description)],
    [keys.ranges, JSON.stringify(items)],
  ]);
  const fed = new Map<string, FedRange>();
  const sent: unknown[] = [];
  const steps: string[] = [];
  return {
    files,
    fed,
    sent,
    steps,
    parts: {
      jobs: {
        read: async (job) => (job === "spring" ? item : undefined),
        markFed: async ({ startId }) => {
          steps.push(`mark ${startId}`);
          return true;
        },
      },
      fedRanges: {
        read: async ({ startId }) =>
          new Map(
            [...fed].filter(([at]) => at.startsWith(startId)).map(([at, range]) => [Number(at.split(" ")[1]), range]),
          ),
        record: async ({ startId }, from, range) => {
          steps.push("record");
          fed.set(`${startId} ${from}`, range);
        },
      },
      clock: { now: () => NOW_MS },
      files: {
        text: async (key) => files.get(key),
        range: async function* (key, { start, end }) {
          yield Buffer.from(files.get(key) ?? "").subarray(start, end);
        },
        write: async (key, body) => {
          steps.push(key);
          files.set(key, body);
        },
      },
      sender: {
        async *sendMany(requests) {
          for await (const request of requests) {
            const parsed = parseContactRequest(request);
            if (!parsed.ok)
              yield { kind: "refused", issues: [{ path: "input.Name", code: "too-long", message: "no" }] };
            else {
              const became = outcome(sent.length);
              sent.push(request);
              yield became;
            }
          }
        },
      },
    },
  };
}
