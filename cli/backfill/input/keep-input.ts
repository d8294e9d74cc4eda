import { fstat } from "node:fs";
import { stat } from "node:fs/promises";
import { promisify } from "node:util";
import type { Command } from "commander";
import { CommandError } from "../../command-error.ts";
import { userPath } from "../../user-path.ts";
import { isFileOnDisk, STANDARD_INPUT } from "./open-row-source.ts";

interface NamedFiles {
  readonly refused?: string;
  readonly template?: string;
  readonly settings?: string;
}

/** Rejects with a CommandError where the refused rows would be written to no file, or in the place of what a command reads. */
export async function keepInput(command: Command): Promise<void> {
  const [rows] = command.args;
  const { refused, template, settings } = command.opts<NamedFiles>();
  if (refused !== undefined && !isFileOnDisk(refused)) throw noFile(refused);
  const written = await placeOf(refused);
  if (written === undefined) return;
  const read = { "the file of the rows": rows, "the template": template, "the file of the settings": settings };
  for (const [what, path] of Object.entries(read)) {
    if ((await placeOf(path)) !== written) continue;
    throw new CommandError(`--refused ${refused} is ${what}, which would be replaced: name another file for it.`);
  }
}

const noFile = (refused: string): CommandError =>
  new CommandError(
    `--refused ${refused} is no path on this machine: name a file, which need not be there, or a pipe with a name.`,
  );

/** Where a file is, by its number on its disk, whatever path or link leads there; undefined where there is none. */
async function placeOf(path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  const exact = { bigint: true } as const;
  const about = path === STANDARD_INPUT ? promisify(fstat)(process.stdin.fd, exact) : stat(userPath(path), exact);
  return await about.then(
    ({ dev, ino }) => `${dev} ${ino}`,
    () => undefined,
  );
}
