import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { type FileHandle, open, realpath, rename, rm, stat } from "node:fs/promises";
import { userPath } from "../../user-path.ts";
import { beforeInterruption } from "./before-interruption.ts";
import { unwritable } from "./unwritable.ts";

/**
 * A file that appears under its name when all of it is written, and not before: nobody reads half of it, and a program that is
 * interrupted leaves nothing of it. What is no file on a disk, such as /dev/null or a pipe, is written to as it stands.
 */
export class WholeFile {
  readonly #path: string;
  readonly #place: Place;
  readonly #handle: FileHandle;
  readonly #letLie: () => void;

  private constructor(path: string, place: Place, { handle, letLie }: OpenPart) {
    this.#path = path;
    this.#place = place;
    this.#handle = handle;
    this.#letLie = letLie;
  }

  /** Rejects with a CommandError where it cannot be written. */
  static async create(path: string): Promise<WholeFile> {
    return await orUnwritable(path, async () => {
      const place = await placeOf(userPath(path));
      return new WholeFile(path, place, await openPart(place));
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
      this.#letLie();
    });
  }

  /** Leaves nothing behind. */
  async discard(): Promise<void> {
    await this.#handle.close().catch(() => undefined);
    if (this.#place.part !== undefined) await rm(this.#place.part, { force: true });
    this.#letLie();
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
  const isFile = about === undefined || about.isFile();
  return isFile ? { target, part: `${target}.${randomBytes(6).toString("hex")}.partial` } : { target };
}

interface OpenPart {
  readonly handle: FileHandle;
  /** From then on an interruption removes nothing. */
  readonly letLie: () => void;
}

async function openPart({ target, part }: Place): Promise<OpenPart> {
  if (part === undefined) return { handle: await open(target, "w"), letLie: () => undefined };
  const letLie = beforeInterruption(() => rmSync(part, { force: true }));
  try {
    return { handle: await open(part, "wx"), letLie };
  } catch (error) {
    letLie();
    throw error;
  }
}

async function orUnwritable<Value>(path: string, write: () => Promise<Value>): Promise<Value> {
  try {
    return await write();
  } catch (error) {
    throw unwritable(path, error);
  }
}
