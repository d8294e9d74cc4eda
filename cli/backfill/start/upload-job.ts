import { Readable } from "node:stream";
import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { jobFiles } from "#shared/contract/job-files.ts";
import { CommandError } from "../../command-error.ts";
import type { RowSource } from "../input/row-source.ts";
import { startProgress } from "../progress.ts";
import type { StoredJob } from "./stored-job.ts";

/** What one PutObject takes: https://docs.aws.amazon.com/AmazonS3/latest/userguide/upload-objects.html */
const MOST_BYTES = 5 * 1024 ** 3;

const MOST_TRIES = 4;
const MIB = 1024 * 1024;

interface Target {
  readonly s3: S3Client;
  readonly bucket: string;
}

/**
 * Stores the files of a job: the input, its ranges, and at last the description, without which nothing is fed. Rejects with a
 * CommandError where the file is another one by now.
 */
export async function uploadJob(source: RowSource, { description, ranges }: StoredJob, target: Target): Promise<void> {
  const keys = jobFiles(description.job.job);
  if (source.bytes > MOST_BYTES) throw tooLarge(source);
  await uploadInput(source, { ...target, key: keys.input, hash: description.fileHash });
  await put(target, keys.ranges, JSON.stringify(ranges));
  await put(target, keys.template, JSON.stringify(description));
}

const tooLarge = ({ name }: RowSource): CommandError =>
  new CommandError(`${name} is larger than 5 GiB, which S3 does not take at once: split it into several jobs.`);

async function put({ s3, bucket }: Target, Key: string, Body: string): Promise<void> {
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body, ContentType: "application/json" }));
}

interface Input extends Target {
  readonly key: string;
  readonly hash: string;
}

/** A stream cannot be sent again by the SDK: each try reads the file anew. */
async function uploadInput(source: RowSource, input: Input): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await putInput(source, input);
    } catch (error) {
      if (error instanceof CommandError || tries >= MOST_TRIES || !mayGoBetter(error)) throw error;
    }
  }
}

async function putInput(source: RowSource, { s3, bucket, key, hash }: Input): Promise<void> {
  const progress = startProgress({ total: source.bytes, title: "Storing" });
  let bytes = 0;
  const onBytes = (count: number) => {
    bytes += count;
    progress.show(bytes, () => `${(bytes / MIB).toFixed(1)} of ${(source.bytes / MIB).toFixed(1)} MiB`);
  };
  const body = Readable.from(source.open(onBytes), { objectMode: false });
  // The SDK speaks of a broken stream, if at all; the stream says why it broke.
  const broken = new Promise<never>((_resolve, reject) => body.once("error", reject));
  const put = new PutObjectCommand({
    Bucket: bucket,
    Key: key,
    Body: body,
    ContentLength: source.bytes,
    // S3 takes nothing that is not the file that was planned.
    ChecksumSHA256: Buffer.from(hash, "hex").toString("base64"),
  });
  try {
    await Promise.race([broken, s3.send(put)]);
  } catch (error) {
    throw body.errored ?? error;
  } finally {
    body.destroy();
    progress.end();
  }
}

/** S3's refusals are for good; broken connections, timeouts and its own faults are not. */
function mayGoBetter(error: unknown): boolean {
  if (!(error instanceof Error) || !("$fault" in error)) return true;
  return error.$fault === "server";
}
