import { utf8Bytes } from "./utf8-bytes.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
const MAX_KEY_BYTES = 1_024;

/**
 * Whether a key of S3 means the same object to everybody. One with `.` or `..` between its slashes does not: SDKs and
 * proxies that normalise paths would fetch another object. One that is not well-formed cannot be written into a URL.
 */
export const isSafeObjectKey = (key: string): boolean =>
  key !== "" &&
  key.isWellFormed() &&
  utf8Bytes(key) <= MAX_KEY_BYTES &&
  !key.split("/").some((segment) => segment === "." || segment === "..");
