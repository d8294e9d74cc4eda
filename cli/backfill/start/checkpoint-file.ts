import { open, readFile, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import * as z from "zod";
import type { JobStart } from "#shared/contract/job-start.ts";
import { type FedRange, storedFedRange } from "#shared/fed-range.ts";
import { storedJson } from "#shared/stored-json.ts";
import { tell } from "../../tell.ts";
import { userPath } from "../../user-path.ts";
import { errorCode } from "../files/error-code.ts";
import { isFileOnDisk } from "../input/open-row-source.ts";

/** Where the checkpoint of a job stands: beside its file. Undefined for what is no file on a disk. */
export const checkpointPath = (path: string, job: string): string | undefined =>
  isFileOnDisk(path) ? `${userPath(path)}.${job}.checkpoint.json` : undefined;

const count = z.int().nonnegative();

const checkpointSchema = z.object({
  job: z.string(),
  /** It is believed for the very start that it was written for: another deployment has sent nothing yet. */
  startId: z.string(),
  /** First byte, end, rows sent, rows refused, when it was fed. */
  ranges: z.array(z.tuple([count, count, count, count, count])),
});

/**
 * The ranges that this machine has fed, written to disk as soon as SQS has all messages of one. Where nothing can be written
 * beside the file, the state table alone keeps them.
 */
export class CheckpointFile {
  readonly #path: string;
  readonly #start: JobStart;
  readonly #ranges: Map<number, FedRange>;
  /** The end of the line of those that write. */
  #written: Promise<void> = Promise.resolve();
  #isGivenUp = false;

  private constructor(path: string, start: JobStart, ranges: Map<number, FedRange>) {
    this.#path = path;
    this.#start = start;
    this.#ranges = ranges;
  }

  /** What an earlier run of the same start has left; empty for any other. */
  static async read(path: string, start: JobStart): Promise<CheckpointFile> {
    return new CheckpointFile(path, start, await readRanges(path, start));
  }

  /** The job is fed, and the state table says so: removes what runs have left of it, a half-written one too. */
  static async remove(path: string): Promise<void> {
    try {
      for (const left of [path, partial(path)]) await rm(left, { force: true });
    } catch (error) {
      tell(`Note: ${path} cannot be removed (${errorCode(error)}). The job is fed, and needs it no more: remove it.`);
    }
  }

  get ranges(): ReadonlyMap<number, FedRange> {
    return this.#ranges;
  }

  /** Resolves when it is on the disk, or when that has failed: people are told so once, and nothing is written any more. */
  async add(from: number, range: FedRange): Promise<void> {
    this.#ranges.set(from, range);
    this.#written = this.#written.then(async () => this.#write());
    await this.#written;
  }

  async #write(): Promise<void> {
    if (this.#isGivenUp) return;
    try {
      await writeWhole(this.#path, this.#text());
    } catch (error) {
      this.#isGivenUp = true;
      tell(
        `Note: ${this.#path} cannot be written (${errorCode(error)}): the state table alone keeps how far the job is, which does as well.`,
      );
    }
  }

  #text(): string {
    const { job, startId } = this.#start;
    const ranges = [...this.#ranges].map(([from, { end, sent, refused, fedAtMs }]) => [
      from,
      end,
      sent,
      refused,
      fedAtMs,
    ]);
    return `${JSON.stringify({ job, startId, ranges })}\n`;
  }
}

async function readRanges(path: string, { job, startId }: JobStart): Promise<Map<number, FedRange>> {
  const text = await readFile(path, "utf8").catch(() => "");
  const found = storedJson(checkpointSchema, text);
  const isOfThisStart = found.ok && found.value.job === job && found.value.startId === startId;
  if (!isOfThisStart) return new Map();
  return new Map(found.value.ranges.map(([from, ...range]) => [from, storedFedRange.parse(range)]));
}

const partial = (path: string): string => `${path}.partial`;

/** The file is the one before or this one, and never a part of it, wherever the machine stops. */
async function writeWhole(path: string, text: string): Promise<void> {
  const part = partial(path);
  const file = await open(part, "w");
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(part, path);
  const directory = await open(dirname(path), "r");
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
