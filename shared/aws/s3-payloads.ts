import { GetObjectCommand, HeadObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { PayloadPointer } from "../envelopes/payload-pointer.ts";
import type { Failure } from "../failures/failure.ts";
import { failed, type Result, succeeded } from "../result.ts";
import type { Payload, Payloads } from "../worker/ports/payloads.ts";
import { readAtMost } from "./read-at-most.ts";
import { readSdkError } from "./sdk-error.ts";

/** More than any request that the contract lets through. */
const MAX_BYTES = 32 * 1024 * 1024;

/** What fits into SQS may stand beside the rest of a batch; a request of 5 M characters takes some 50 MB when it is parsed. */
const LARGE_BYTES = 1_048_576;

/** S3 sends without pause. A payload that keeps its room for ever would lock out all large ones after it. */
const MAX_SILENCE_MS = 5_000;

interface ObjectPlace {
  readonly Bucket: string;
  readonly Key: string;
}

/** Bodies that were too large for SQS, in the deployment's own payload bucket and nowhere else; large ones one at a time. */
export class S3Payloads implements Payloads {
  readonly #s3: S3Client;
  readonly #bucket: string;
  /** The end of the line of those that wait for the room that a large payload takes. */
  #room: Promise<void> = Promise.resolve();

  constructor(s3: S3Client, bucket: string) {
    this.#s3 = s3;
    this.#bucket = bucket;
  }

  async read({ bucket, key }: PayloadPointer, mostWaitMs: number): Promise<Result<Payload, Failure> | "no-room"> {
    if (bucket !== this.#bucket) return failed(NOT_OURS);
    const object = { Bucket: bucket, Key: key };
    const size = await this.#ask(async () => (await this.#s3.send(new HeadObjectCommand(object))).ContentLength ?? 0);
    if (!size.ok) return size;
    if (size.value > MAX_BYTES) return failed(TOO_LARGE);
    if (size.value <= LARGE_BYTES) {
      const small = await this.#textOf(object, LARGE_BYTES);
      if (small !== "larger") return payloadOf(small, () => undefined);
    }
    // Large, or grown since it was looked at.
    const release = await this.#takeRoom(mostWaitMs);
    return release === undefined ? "no-room" : await this.#readLarge(object, release);
  }

  async #readLarge(object: ObjectPlace, release: () => void): Promise<Result<Payload, Failure>> {
    try {
      const text = await this.#textOf(object, MAX_BYTES);
      if (text !== "larger" && text.ok) return payloadOf(text, release);
      release();
      return text === "larger" ? failed(TOO_LARGE) : text;
    } catch (error) {
      release();
      throw error;
    }
  }

  async #textOf(object: ObjectPlace, maxBytes: number): Promise<Result<string, Failure> | "larger"> {
    const bytes = await this.#ask(async () => {
      const { Body } = await this.#s3.send(new GetObjectCommand(object));
      if (Body === undefined) throw new Error("S3 answered without a body.");
      return await readAtMost(Body.transformToWebStream(), { maxBytes, idleMs: MAX_SILENCE_MS });
    });
    if (!bytes.ok) return bytes;
    return bytes.value === undefined ? "larger" : utf8(bytes.value);
  }

  /** What S3 certainly refuses for good is a failure of the message; all else is a fault, and may pass. */
  async #ask<T>(action: () => Promise<T>): Promise<Result<T, Failure>> {
    try {
      return succeeded(await action());
    } catch (error) {
      const final = FINAL.get(readSdkError(error).name);
      if (final === undefined) throw error;
      return failed(final);
    }
  }

  /** What gives the room back; nothing where it is not free in time. */
  async #takeRoom(mostWaitMs: number): Promise<(() => void) | undefined> {
    const before = this.#room;
    const { promise: givenBack, resolve: giveBack } = Promise.withResolvers<void>();
    // Whoever waits no longer must not let the next one in before those ahead of both are done.
    this.#room = before.then(async () => await givenBack);
    if (await isOverWithin(mostWaitMs, before)) return giveBack;
    giveBack();
    return undefined;
  }
}

const payloadOf = (text: Result<string, Failure>, release: () => void): Result<Payload, Failure> =>
  text.ok ? succeeded({ text: text.value, release }) : text;

async function isOverWithin(waitMs: number, action: Promise<void>): Promise<boolean> {
  const { promise: tooLate, resolve } = Promise.withResolvers<false>();
  const timer = setTimeout(resolve, Math.max(0, waitMs), false);
  try {
    return await Promise.race([action.then(() => true), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

function utf8(bytes: Uint8Array): Result<string, Failure> {
  try {
    return succeeded(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return failed(NOT_UTF8);
  }
}

const invalid = (code: string, message: string): Failure => ({ code, kind: "invalid", message });

const NOT_OURS = invalid(
  "PayloadNotOurs",
  "The message points to an object outside of the deployment's payload bucket, which is never read. Put the payload into the payload bucket.",
);

const NOT_FOUND = invalid(
  "PayloadNotFound",
  "The object that the message points to is not in the payload bucket (any more). Send the request again.",
);

const TOO_LARGE = invalid(
  "PayloadTooLarge",
  `The object that the message points to is larger than ${MAX_BYTES} bytes. Send a request that fulfils the contract.`,
);

const NOT_UTF8 = invalid(
  "PayloadNotUtf8",
  "The object that the message points to is not text in UTF-8. Write the request as JSON in UTF-8 and send it again.",
);

const ARCHIVED = invalid(
  "PayloadUnreadable",
  "The object that the message points to is archived, so that S3 does not give it out. Store the payload anew and send the request again.",
);

/**
 * By the names of S3's errors. Not by their status: 400 is expired credentials, a disabled key, a throttle and a slow
 * connection as well, and the answer to a HEAD names nothing but its status.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
const FINAL: ReadonlyMap<string, Failure> = new Map([
  ["NoSuchKey", NOT_FOUND],
  ["NotFound", NOT_FOUND],
  ["InvalidObjectState", ARCHIVED],
]);
