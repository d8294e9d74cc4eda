import { CommandError } from "../../command-error.ts";
import type { RowSource } from "../input/row-source.ts";

/** What one PutObject takes: https://docs.aws.amazon.com/AmazonS3/latest/userguide/upload-objects.html */
const MOST_BYTES = 5 * 1024 ** 3;

/** Throws a CommandError for a file that the payload bucket would not take. */
export function requireStorable({ name, bytes }: Pick<RowSource, "name" | "bytes">): void {
  if (bytes <= MOST_BYTES) return;
  throw new CommandError(
    `${name} has ${(bytes / 1024 ** 3).toFixed(2)} GiB, and S3 takes no more than 5 GiB at once: split it into several jobs.`,
  );
}
