import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A directory for the files of a test. */
export interface WrittenFiles {
  readonly directory: string;
  /** Writes a file, and gives its path. */
  write(name: string, content: string | Uint8Array): Promise<string>;
  remove(): Promise<void>;
}

export async function writtenFiles(): Promise<WrittenFiles> {
  const directory = await mkdtemp(join(tmpdir(), "contact-requests-test-"));
  return {
    directory,
    write: async (name, content) => {
      const path = join(directory, name);
      await writeFile(path, content);
      return path;
    },
    remove: async () => rm(directory, { recursive: true, force: true }),
  };
}

/** Requests as a JSONL file holds them. */
export const asJsonl = (requests: readonly unknown[]): string =>
  requests.map((request) => `${JSON.stringify(request)}\n`).join("");
