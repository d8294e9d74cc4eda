import type { JobStart } from "./job-start.ts";

/** Begins the keys of all files of backfills in the payload bucket. */
export const JOB_FILES_PREFIX = "backfills/";

/** Where the files of a start are in the payload bucket. */
export interface JobFiles {
  /** The rows, as they were given. */
  readonly input: string;
  /** How the rows become requests. */
  readonly template: string;
  /** The byte ranges of the input: a JSON array, as a Distributed Map reads it. */
  readonly ranges: string;
  /** Begins the keys of what the runs of the state machine write down: no slash at its end. */
  readonly results: string;
  /** The rows of a range that were refused, a JSON object a line. `start`: the range's first byte. */
  refused(start: number): string;
}

/** The keys of the files of a start: `backfills/spring/0a1b2c3d4e5f/input`. */
export function jobFiles({ job, startId }: JobStart): JobFiles {
  const folder = `${JOB_FILES_PREFIX}${job}/${startId}`;
  return {
    input: `${folder}/input`,
    template: `${folder}/template.json`,
    ranges: `${folder}/ranges.json`,
    results: `${folder}/results`,
    refused: (start) => `${folder}/refused/${start}.jsonl`,
  };
}
