import { Readable } from "node:stream";
import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { readSdkError } from "#shared/aws/sdk-error.ts";
import { jobFiles } from "#shared/contract/job-files.ts";
import type { JobStart } from "#shared/contract/job-start.ts";
import { CommandError } from "../../command-error.ts";
import { tell } from "../../tell.ts";
import type { RowSource } from "../input/row-source.ts";
import { startProgress } from "../progress.ts";
import type { StoredJob } from "./stored-job.ts";

const MOST_TRIES = 4;
const MIB = 1024 * 1024;

/** Where the files go. The client's patience is about bytes that do not move, and not about how long it takes. */
export interface UploadTarget {
  readonly s3: S3Client;
  readonly bucket: string;
  readonly start: JobStart;
}

/**
 * Stores the files of a start: the input, its ranges, and how its rows become requests. Rejects with a CommandError where the
 * file is another one by now, or the line does not carry it.
 */
export async function uploadJob(
  source: RowSource,
  { description, ranges }: StoredJob,
  target: UploadTarget,
): Promise<void> {
  const keys = jobFiles(target.start);
  await uploadInput(source, target);
  await put(target, keys.ranges, JSON.stringify(ranges));
  await put(target, keys.template, JSON.stringify(description));
}

async function put({ s3, bucket }: UploadTarget, Key: string, Body: string): Promise<void> {
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body, ContentType: "application/json" }));
}

/** A stream cannot be sent again by the SDK: each try reads the file anew. */
async function uploadInput(source: RowSource, target: UploadTarget): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await putInput(source, target);
    } catch (error) {
      if (error instanceof CommandError || !mayGoBetter(error)) throw error;
      const { name, message } = readSdkError(error);
      if (tries >= MOST_TRIES) throw givenUp(source, error);
      tell(`Storing ${source.name} broke off (${name}: ${message ?? ""}). It is tried again from its beginning.`);
    }
  }
}

function givenUp({ name }: RowSource, error: unknown): CommandError {
  const { name: code, message } = readSdkError(error);
  return new CommandError(
    `${name} could not be stored in the payload bucket, ${MOST_TRIES} times (${code}: ${message ?? ""}), and nothing of it was sent. Check the network, and start it again.`,
    { cause: error },
  );
}

async function putInput(source: RowSource, { s3, bucket, start }: UploadTarget): Promise<void> {
  const hash = await source.hash();
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
    Key: jobFiles(start).input,
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
