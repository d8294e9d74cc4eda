import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import type { JobItem } from "#shared/job-item.ts";
import { CommandError } from "../../command-error.ts";
import { userPath } from "../../user-path.ts";

interface StartedFile {
  readonly name: string;
  readonly item: Pick<JobItem, "fileHash" | "fileBytes">;
}

/** Rejects with a CommandError where a report would be written in the place of the file that its job was started with. */
export async function keepInputOf({ name, item }: StartedFile, output: string): Promise<void> {
  const path = userPath(output);
  const about = await stat(path).catch(() => undefined);
  if (about?.isFile() !== true || about.size !== item.fileBytes) return;
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash).catch(() => undefined);
  if (hash.digest("hex") !== item.fileHash) return;
  throw new CommandError(
    `--output ${output} is the file that ${name} was started with, which would be replaced: name another file for the report.`,
  );
}
