import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { memberOf } from "#shared/aws/sdk-error.ts";
import { CommandError } from "../../command-error.ts";
import { userPath } from "../../user-path.ts";

/** A file that appears under its name when all of it is written, and not before: nobody reads half of it. */
export class WholeFile {
  readonly #path: string;
  readonly #part: string;
  readonly #handle: FileHandle;

  private constructor(path: string, part: string, handle: FileHandle) {
    this.#path = path;
    this.#part = part;
    this.#handle = handle;
  }

  /** Rejects with a CommandError where it cannot be written. */
  static async create(path: string): Promise<WholeFile> {
    const part = `${userPath(path)}.${process.pid}.partial`;
    return await orUnwritable(path, async () => new WholeFile(path, part, await open(part, "wx")));
  }

  async write(text: string): Promise<void> {
    await orUnwritable(this.#path, () => this.#handle.appendFile(text));
  }

  /** Puts it in its place, also of a file that is there. */
  async finish(): Promise<void> {
    await orUnwritable(this.#path, async () => {
      await this.#handle.sync();
      await this.#handle.close();
      await rename(this.#part, userPath(this.#path));
    });
  }

  /** Leaves nothing behind. */
  async discard(): Promise<void> {
    await this.#handle.close().catch(() => undefined);
    await rm(this.#part, { force: true });
  }
}

async function orUnwritable<Value>(path: string, write: () => Promise<Value>): Promise<Value> {
  try {
    return await write();
  } catch (error) {
    const code = memberOf(error, "code");
    const reason = typeof code === "string" ? code : "unknown reason";
    throw new CommandError(`${path} cannot be written (${reason}). Check the path, your rights there and the room.`, {
      cause: error,
    });
  }
}
