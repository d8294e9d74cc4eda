import { type FileHandle, open } from "node:fs/promises";
import { CommandError } from "../../command-error.ts";
import { userPath } from "../../user-path.ts";
import type { AwsAccess } from "../deployment/aws-access.ts";
import { errorCode } from "../files/error-code.ts";
import { RowSource } from "./row-source.ts";
import { s3Object } from "./s3-object.ts";
import { spool } from "./spool.ts";

/** Stands for it in the place of a path. */
export const STANDARD_INPUT = "-";

/**
 * Opens a file, `-` for standard input, or `s3://bucket/key`. What cannot be read twice is copied to a file without a name
 * first. Rejects with a CommandError for what cannot be read.
 */
export async function openRowSource(path: string, access: () => Promise<AwsAccess>): Promise<RowSource> {
  if (path === STANDARD_INPUT) return await RowSource.of("stdin", await spool("stdin", process.stdin));
  if (path.startsWith("s3://")) return await RowSource.of(path, await spool(path, s3Object(path, await access())));
  try {
    const handle = await open(userPath(path));
    return await RowSource.of(path, await readAgain(path, handle));
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** Whether it is a file that stays where it is, beside which something can be written. */
export const isFileOnDisk = (path: string): boolean => path !== STANDARD_INPUT && !path.startsWith("s3://");

/** A pipe gives its bytes once. */
async function readAgain(path: string, handle: FileHandle): Promise<FileHandle> {
  const about = await handle.stat();
  if (about.isFile()) return handle;
  if (!about.isDirectory()) return await spool(path, handle.createReadStream());
  await handle.close();
  throw new CommandError(`${path} is a directory: name the file with the rows.`);
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "does not exist: check the path",
  ENOTDIR: "does not exist: a part of the path is a file",
  EACCES: "cannot be read: you have no right to",
  EPERM: "cannot be read: you have no right to",
  EISDIR: "is a directory: name the file with the rows",
};

/** What to tell people about a file that could not be opened. */
export function unreadable(path: string, error: unknown): CommandError {
  if (error instanceof CommandError) return error;
  const code = errorCode(error);
  return new CommandError(`${path} ${REASONS[code] ?? `cannot be read (${code})`}.`, { cause: error });
}
