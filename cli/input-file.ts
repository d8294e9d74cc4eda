import { type FileHandle, open } from "node:fs/promises";
import { CommandError } from "./command-error.ts";
import { userPath } from "./user-path.ts";

/** An input that is open. */
export interface InputFile {
  /** As it was given, or `stdin`. */
  readonly name: string;
  /** Its bytes, once. Rejects with a CommandError when reading fails. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

const STANDARD_INPUT = "-";

/**
 * Opens all inputs before anything is done with one of them; `-` is standard input. Rejects with a CommandError that
 * names the first that cannot be read.
 */
export async function openInputs(paths: readonly string[]): Promise<readonly InputFile[]> {
  if (paths.filter((path) => path === STANDARD_INPUT).length > 1) {
    throw new CommandError("Standard input (-) can be read only once: name it once.");
  }
  const inputs: InputFile[] = [];
  for (const path of paths) inputs.push(path === STANDARD_INPUT ? standardInput() : await openFile(path));
  return inputs;
}

const standardInput = (): InputFile => ({ name: "stdin", chunks: readable("stdin", process.stdin) });

async function openFile(path: string): Promise<InputFile> {
  try {
    const handle = await open(userPath(path));
    if ((await handle.stat()).isDirectory()) await refuseDirectory(handle, path);
    return { name: path, chunks: readable(path, handle.createReadStream()) };
  } catch (error) {
    throw unreadable(path, error);
  }
}

async function refuseDirectory(handle: FileHandle, path: string): Promise<never> {
  await handle.close();
  throw new CommandError(`${path} is a directory: name the JSONL files in it.`);
}

async function* readable(name: string, stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* stream;
  } catch (error) {
    throw unreadable(name, error);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "does not exist: check the path",
  ENOTDIR: "does not exist: a part of the path is a file",
  EACCES: "cannot be read: you have no right to",
  EPERM: "cannot be read: you have no right to",
  EISDIR: "is a directory: name the JSONL files in it",
};

function unreadable(name: string, error: unknown): CommandError {
  if (error instanceof CommandError) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
  return new CommandError(`${name} ${REASONS[code] ?? `cannot be read (${code})`}.`, { cause: error });
}
