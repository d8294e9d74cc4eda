import { CommandError } from "../../command-error.ts";
import type { AwsAccess } from "../deployment/aws-access.ts";
import { explainAwsError } from "../deployment/explain-aws-error.ts";

const LOCATION = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/(.+)$/s;

/** The bytes of an object, once. Rejects with a CommandError where it cannot be read, or for `idleMs` no byte comes. */
export async function* s3Object(
  location: string,
  access: AwsAccess,
  idleMs?: number,
): AsyncGenerator<Uint8Array, void> {
  const [, Bucket, Key] = LOCATION.exec(location) ?? [];
  if (Bucket === undefined || Key === undefined) {
    throw new CommandError(`${location} is no place in S3: write s3://BUCKET/KEY.`);
  }
  // Not for everybody: it takes longer to load than all else together.
  const { GetObjectCommand } = await import("@aws-sdk/client-s3");
  const { largeObjectClient } = await import("../deployment/large-object-client.ts");
  const s3 = largeObjectClient(access, idleMs);
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    yield* Body?.transformToWebStream() ?? [];
  } catch (error) {
    throw unreadable(location, error, access);
  } finally {
    s3.destroy();
  }
}

const GONE = ["NoSuchKey", "NoSuchBucket", "NotFound"];

function unreadable(location: string, error: unknown, { endpoint }: AwsAccess): unknown {
  if (error instanceof Error && GONE.includes(error.name)) {
    return new CommandError(`${location} does not exist: check the bucket and the key.`, { cause: error });
  }
  if (error instanceof Error && error.name === "AccessDenied") {
    return new CommandError(`${location} cannot be read: these credentials need s3:GetObject on it.`, { cause: error });
  }
  const place = { prefix: "", ...(endpoint !== undefined && { endpoint }) };
  return explainAwsError(error, `read ${location}`, place) ?? error;
}
