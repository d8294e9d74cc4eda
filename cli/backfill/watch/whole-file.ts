import { type FileHandle, open, realpath, rename, rm, stat } from "node:fs/promises";
import { userPath } from "../../user-path.ts";
import { unwritable } from "./unwritable.ts";

/**
 * A file that appears under its name when all of it is written, and not before: nobody reads half of it. What is no file on a disk,
 * such as /dev/null or a pipe, is written to as it stands.
 */
export class WholeFile {
  readonly #path: string;
  readonly #place: Place;
  readonly #handle: FileHandle;

  private constructor(path: string, place: Place, handle: FileHandle) {
    this.#path = path;
    this.#place = place;
    this.#handle = handle;
  }

  /** Rejects with a CommandError where it cannot be written. */
  static async create(path: string): Promise<WholeFile> {
    return await orUnwritable(path, async () => {
      const place = await placeOf(userPath(path));
      const { target, part } = place;
      return new WholeFile(path, place, part === undefined ? await open(target, "w") : await open(part, "wx"));
    });
  }

  async write(text: string): Promise<void> {
    await orUnwritable(this.#path, () => this.#handle.appendFile(text));
  }

  /** Puts it in its place, also of a file that is there. */
  async finish(): Promise<void> {
    const { target, part } = this.#place;
    await orUnwritable(this.#path, async () => {
      if (part === undefined) return await this.#handle.close();
      await this.#handle.sync();
      await this.#handle.close();
      await rename(part, target);
    });
  }

  /** Leaves nothing behind. */
  async discard(): Promise<void> {
    await this.#handle.close().catch(() => undefined);
    if (this.#place.part !== undefined) await rm(this.#place.part, { force: true });
  }
}

interface Place {
  readonly target: string;
  /** Where it is written until it is whole; undefined where the target takes it piece by piece. */
  readonly part?: string;
}

/** The file that a link leads to is replaced, and not the link. */
async function placeOf(path: string): Promise<Place> {
  const target = await realpath(path).catch(() => path);
  const about = await stat(target).catch(() => undefined);
  if (about?.isDirectory() === true) throw Object.assign(new Error("It is a directory."), { code: "EISDIR" });
  return about === undefined || about.isFile() ? { target, part: `${target}.${process.pid}.partial` } : { target };
}

async function orUnwritable<Value>(path: string, write: () => Promise<Value>): Promise<Value> {
  try {
    return await write();
  } catch (error) {
    throw unwritable(path, error);
  }
}
