import { createHash } from "node:crypto";
import type { PayloadPointer } from "#shared/envelopes/payload-pointer.ts";
import type { ObjectStore } from "./object-store.ts";
import type { PayloadStore } from "./payload-store.ts";

/**
 * The payload bucket of a deployment. Equal bodies are one object, so that what is sent again is not stored again; senders
 * may write under `payloads/` and nowhere else.
 */
export class S3PayloadStore implements PayloadStore {
  readonly #bucket: string;
  #s3: ObjectStore | undefined;

  /** Without a client, one is made as the AWS SDK finds its way, when it is needed first. */
  constructor(bucket: string, s3?: ObjectStore) {
    this.#bucket = bucket;
    this.#s3 = s3;
  }

  async put(body: string, signal: AbortSignal): Promise<PayloadPointer> {
    const { PutObjectCommand, S3Client } = await import("@aws-sdk/client-s3").catch(sayHowToInstall);
    this.#s3 ??= new S3Client({});
    const key = `payloads/${createHash("sha256").update(body).digest("hex")}.json`;
    const object = { Bucket: this.#bucket, Key: key, Body: body, ContentType: "application/json" };
    await this.#s3.send(new PutObjectCommand(object), { abortSignal: signal });
    return { bucket: this.#bucket, key };
  }
}

/** The package is optional: whoever offloads nothing need not have it. */
function sayHowToInstall(cause: unknown): never {
  if (!(cause instanceof Error && "code" in cause && cause.code === "ERR_MODULE_NOT_FOUND")) throw cause;
  const message = "the package @aws-sdk/client-s3 is not installed: npm install @aws-sdk/client-s3";
  throw Object.assign(new Error(message, { cause }), { code: cause.code });
}
