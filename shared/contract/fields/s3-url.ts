import { isSafeObjectKey } from "../safe-object-key.ts";

const SCHEME = "s3://";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** An object in S3. */
export interface S3Object {
  readonly bucket: string;
  readonly key: string;
}

export const isS3Url = (url: string): boolean => url.startsWith(SCHEME);

/** The object that `s3://bucket/key` names, with the key as S3 has it: nothing in it is percent-encoded. Nothing if it names none. */
export function parseS3Url(url: string): S3Object | undefined {
  if (!isS3Url(url)) return undefined;
  const [bucket = "", ...segments] = url.slice(SCHEME.length).split("/");
  const key = segments.join("/");
  return BUCKET.test(bucket) && isSafeObjectKey(key) ? { bucket, key } : undefined;
}
