import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import type { CodeBlock, DocumentSection } from "./document-sections.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const TRANSLATOR = fileURLToPath(new URL("./aws.ts", import.meta.url));
const PRODUCER = new URL("../../../producer/contact-request-producer.ts", import.meta.url);

/** The address that documents show. */
const SHOWN_ADDRESS = "http://127.0.0.1:4566";

const MARK = "\u001E";

export interface CommandsPlace {
  /** The address of the system that runs. */
  readonly endpoint: string;
  /** Takes the files that the commands write. */
  readonly directory: string;
  /** Which `aws` the commands find: the translator, or the one that is installed. */
  readonly aws: "translated" | "installed";
}

/**
 * Runs the shell blocks of a document in their order in one shell, as a person would in a clone, and its TypeScript programs. Resolves
 * with what each section wrote, by its heading. Rejects with what was said when a command fails.
 */
export async function runDocumentedCommands(
  sections: readonly DocumentSection[],
  place: CommandsPlace,
): Promise<ReadonlyMap<string, string>> {
  const scripts = await Promise.all(sections.map(async (section) => sectionScript(section, place)));
  const bash = spawn("bash", ["-euo", "pipefail", "-c", scripts.join("\n").replaceAll(SHOWN_ADDRESS, place.endpoint)], {
    cwd: ROOT,
    env: { ...withoutAws(), PATH: await searchPath(place), TMPDIR: place.directory },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [stdout, stderr] = await Promise.all([text(bash.stdout), text(bash.stderr), once(bash, "close")]);
  if (bash.exitCode !== 0) throw new Error(`A documented command fails.\n${stdout}\n${stderr}`);
  const written = stdout.split(MARK).slice(1);
  return new Map(sections.map(({ heading }, index) => [heading, written[index] ?? ""]));
}

async function sectionScript({ blocks }: DocumentSection, place: CommandsPlace): Promise<string> {
  const commands = await Promise.all(blocks.map(async (block) => commandsOf(block, place.directory)));
  return [`printf '${MARK}'`, ...commands].join("\n");
}

/** Programs in TypeScript are those that say what they import; the others are parts of one. */
async function commandsOf({ language, code }: CodeBlock, directory: string): Promise<string> {
  if (language === "sh") return code;
  if (language !== "ts" || !code.startsWith("import ")) return "";
  const path = join(directory, `program-${code.length}.ts`);
  await writeFile(path, code.replace('"contact-requests-producer"', JSON.stringify(PRODUCER.href)));
  return `${quoted(process.execPath)} ${quoted(path)}`;
}

async function searchPath({ aws, directory }: CommandsPlace): Promise<string> {
  const path = [dirname(process.execPath), process.env["PATH"] ?? ""].join(delimiter);
  if (aws === "installed") return path;
  const program = `#!/bin/sh\nexec ${quoted(process.execPath)} ${quoted(TRANSLATOR)} "$@"\n`;
  await writeFile(join(directory, "aws"), program, { mode: 0o755 });
  return [directory, path].join(delimiter);
}

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

function withoutAws(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("AWS_") && name !== "NODE_OPTIONS");
  return { ...Object.fromEntries(kept), AWS_CONFIG_FILE: "/dev/null", AWS_SHARED_CREDENTIALS_FILE: "/dev/null" };
}
