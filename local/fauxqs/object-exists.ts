import type { Fauxqs } from "./start-fauxqs.ts";

/** Whether a bucket holds an object at this moment. */
export function objectExists(s3Store: Fauxqs["s3Store"], bucket: string, key: string): boolean {
  try {
    s3Store.headObject(bucket, key);
    return true;
  } catch {
    return false;
  }
}
