import { type FileHandle, mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CommandError } from "../../command-error.ts";
import { errorCode } from "../files/error-code.ts";

/** Copies what can be read once to a file that has no name: it is gone when it is closed, or this process ends. */
export async function spool(name: string, chunks: AsyncIterable<Uint8Array>): Promise<FileHandle> {
  const handle = await namelessFile();
  try {
    for await (const chunk of chunks) await handle.appendFile(chunk);
    return handle;
  } catch (error) {
    await handle.close();
    if (error instanceof CommandError) throw error;
    throw new CommandError(
      `${name} cannot be copied to ${tmpdir()}, from where it is read (${errorCode(error)}). Make room there, or give it as a file.`,
      { cause: error },
    );
  }
}

async function namelessFile(): Promise<FileHandle> {
  const directory = await mkdtemp(join(tmpdir(), "contact-requests-backfill-"));
  try {
    return await open(join(directory, "input"), "wx+", 0o600);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
