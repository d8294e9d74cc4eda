import {
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from "@aws-sdk/client-s3";
import { JOB_FILES_PREFIX } from "../contract/job-files.ts";
import { IncompleteAnswerError } from "./incomplete-answer-error.ts";
import { readSdkError } from "./sdk-error.ts";

/** The files of backfills in the payload bucket. */
export class S3JobFiles {
  readonly #s3: S3Client;
  readonly #bucket: string;

  constructor(s3: S3Client, bucket: string) {
    this.#s3 = s3;
    this.#bucket = bucket;
  }

  /** Whether a file is there. */
  async has(key: string): Promise<boolean> {
    try {
      await this.#s3.send(new HeadObjectCommand({ Bucket: this.#bucket, Key: key }));
      return true;
    } catch (error) {
      if (readSdkError(error).name === "NotFound") return false;
      throw error;
    }
  }

  /** A whole file as text; undefined if it is not there. */
  async text(key: string, signal?: AbortSignal): Promise<string | undefined> {
    try {
      const { Body } = await this.#s3.send(new GetObjectCommand({ Bucket: this.#bucket, Key: key }), options(signal));
      return await Body?.transformToString("utf-8");
    } catch (error) {
      if (readSdkError(error).name === "NoSuchKey") return undefined;
      throw error;
    }
  }

  /** The bytes of a file from `start` up to `end`, as they come. Throws where the file ends before. */
  async *range(
    key: string,
    { start, end }: { readonly start: number; readonly end: number },
    signal?: AbortSignal,
  ): AsyncGenerator<Uint8Array, void> {
    const object = { Bucket: this.#bucket, Key: key, Range: `bytes=${start}-${end - 1}` };
    const { Body } = await this.#s3.send(new GetObjectCommand(object), options(signal));
    let left = end - start;
    for await (const chunk of Body?.transformToWebStream() ?? []) {
      left -= chunk.byteLength;
      yield chunk;
    }
    if (left === 0) return;
    throw new IncompleteAnswerError(`The range of ${end - start} bytes came with ${end - start - left}.`);
  }

  /** The jobs that have files, in the order of their names: those that were started in the last 30 days. */
  async jobs(): Promise<readonly string[]> {
    const names: string[] = [];
    const folders = { Bucket: this.#bucket, Prefix: JOB_FILES_PREFIX, Delimiter: "/" };
    for await (const { CommonPrefixes = [] } of paginateListObjectsV2({ client: this.#s3 }, folders)) {
      for (const { Prefix = "" } of CommonPrefixes) names.push(Prefix.slice(JOB_FILES_PREFIX.length, -1));
    }
    return names;
  }

  async write(key: string, body: string): Promise<void> {
    await this.#s3.send(new PutObjectCommand({ Bucket: this.#bucket, Key: key, Body: body }));
  }
}

const options = (signal: AbortSignal | undefined) => (signal === undefined ? {} : { abortSignal: signal });
