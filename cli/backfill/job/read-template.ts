import { isUtf8 } from "node:buffer";
import { readFile } from "node:fs/promises";
import { isObject } from "#shared/contract/is-object.ts";
import { CommandError } from "../../command-error.ts";
import { userPath } from "../../user-path.ts";
import { errorCode } from "../files/error-code.ts";
import { unreadable } from "../input/open-row-source.ts";
import { templateFault } from "./template-fault.ts";

/** The template in a file: a JSON object that requests can be made of. Rejects with a CommandError for anything else. */
export async function readTemplate(path: string): Promise<Record<string, unknown>> {
  const template = parsed(path, await textOf(path));
  if (!isObject(template)) {
    throw new CommandError(
      `${path} is no template: it must be one JSON object, a contact request with {{column}} in it.`,
    );
  }
  const fault = templateFault(template);
  if (fault !== undefined) throw new CommandError(`${path} can be no template: ${fault}. Correct it there.`);
  return template;
}

async function textOf(path: string): Promise<string> {
  const bytes = await bytesOf(path);
  if (!isUtf8(bytes)) throw new CommandError(`${path} is not UTF-8: save it in that encoding.`);
  // Editors on Windows put a mark before the text.
  return bytes.toString("utf8").replace(/^\uFEFF/, "");
}

async function bytesOf(path: string): Promise<Buffer> {
  try {
    return await readFile(userPath(path));
  } catch (error) {
    if (errorCode(error) === "EISDIR")
      throw new CommandError(`${path} is a directory: name the file with the template.`);
    throw unreadable(path, error);
  }
}

function parsed(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    // V8 tells the place of most mistakes; the end of the text has none.
    const place = /\(line (\d+) column (\d+)\)/.exec(cause instanceof Error ? cause.message : "");
    const where = place === null ? "" : ` (line ${place[1]}, column ${place[2]})`;
    throw new CommandError(
      `${path} is not JSON${where}: names and texts stand in double quotes, and nothing follows the last member.`,
      { cause },
    );
  }
}
