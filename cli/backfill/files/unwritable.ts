import { CommandError } from "../../command-error.ts";
import { errorCode } from "./error-code.ts";

/** What to tell people about a file that cannot be written. */
export function unwritable(path: string, error: unknown): CommandError {
  const code = errorCode(error);
  const reason = REASONS[code] ?? "check the path, and your rights there";
  return new CommandError(`${path} cannot be written (${code}): ${reason}.`, { cause: error });
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full. Make room, or name a file on another",
  EDQUOT: "your share of the disk is used up. Make room, or name a file on another",
  EFBIG: "it is larger than a file may be there. Name a file on another disk, or raise the limit (ulimit -f)",
  EIO: "the disk has a fault. Name a file on another",
  EROFS: "nothing can be written on that disk. Name a file on another",
  EISDIR: "it is a directory. Name a file",
  ENOENT: "its directory does not exist. Make it, or correct the path",
  ENOTDIR: "a part of its path is a file. Correct the path",
  EACCES: "you have no right to. Name a file in a directory of yours",
  EPERM: "you have no right to. Name a file in a directory of yours",
};
