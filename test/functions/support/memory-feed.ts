import type { FeedParts } from "#functions/runtime/feed-job-range.ts";
import type { RequestOutcome } from "#shared/backfill/request-sender.ts";
import { parseContactRequest } from "#shared/contract/contact-request.ts";
import { jobFiles } from "#shared/contract/job-files.ts";
import type { FedRange } from "#shared/fed-range.ts";
import type { PreparedJob } from "./a-job.ts";

/** What a feed works with, in memory, and what it did with it. */
export interface MemoryFeed {
  readonly parts: FeedParts;
  readonly files: Map<string, string>;
  /** By file hash and first byte. */
  readonly fed: Map<string, FedRange>;
  readonly sent: unknown[];
  /** What is done, in order: `record` and keys that are written. */
  readonly steps: string[];
}

/** The job's files and item; `outcome` says what becomes of each good request. */
export function memoryFeed(
  { input, description, item }: PreparedJob,
  outcome: (index: number) => RequestOutcome = () => ({ kind: "sent" }),
): MemoryFeed {
  const { input: inputKey, template } = jobFiles("spring");
  const files = new Map([
    [inputKey, input],
    [template, JSON.stringify(description)],
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
        fedRanges: async (_job, fileHash) =>
          new Map(
            [...fed].filter(([at]) => at.startsWith(fileHash)).map(([at, range]) => [Number(at.split(" ")[1]), range]),
          ),
        recordFed: async ({ fileHash, start }, range) => {
          steps.push("record");
          fed.set(`${fileHash} ${start}`, range);
        },
      },
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
