import type * as z from "zod";
import { storedJson } from "#shared/stored-json.ts";
import type { FeedParts } from "./feed-parts.ts";
import { InvalidFeed } from "./invalid-feed.ts";

/** What stands in a file of a job. Throws InvalidFeed where it is gone, or cannot be read. */
export async function storedFile<Value>(
  key: string,
  schema: z.ZodType<Value>,
  { files }: Pick<FeedParts, "files">,
): Promise<Value> {
  const text = await files.text(key);
  if (text === undefined) throw new InvalidFeed(`${key} is not in the bucket. Start the job again.`);
  const read = storedJson(schema, text);
  if (read.ok) return read.value;
  throw new InvalidFeed(
    `This version cannot read ${key} (${read.error}). Deploy the version that has started the job, or start the file under another name.`,
  );
}
