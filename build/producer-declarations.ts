import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { contractDeclaration } from "./contract-declaration.ts";

const PROJECT = fileURLToPath(new URL("..", import.meta.url));
const ENTRY = "producer/contact-request-producer.d.ts";
const CONTRACT = "shared/contract/contact-request.d.ts";

const run = promisify(execFile);

/** What the package's types may speak of besides itself: its peer. */
const KNOWN_PACKAGES = ["@aws-sdk/client-sqs"];

/**
 * The package's types by their paths in it: those that its entry needs, which refer to each other by relative paths and to no
 * package but the peer. The entry is `producer/contact-request-producer.d.ts`.
 */
export async function producerDeclarations(): Promise<ReadonlyMap<string, string>> {
  const directory = await mkdtemp(join(tmpdir(), "contact-requests-types-"));
  try {
    await emitTypes(directory);
    return await neededTypes(directory);
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function emitTypes(directory: string): Promise<void> {
  const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
  const project = join(PROJECT, "build/tsconfig.producer.json");
  await run(process.execPath, [tsc, "--project", project, "--outDir", directory]).catch((cause: unknown) => {
    const said = cause instanceof Error && "stdout" in cause ? String(cause.stdout) : "";
    throw new Error(`The producer's types cannot be made: mend what tsc finds.\n${said}`, { cause });
  });
}

async function neededTypes(directory: string): Promise<ReadonlyMap<string, string>> {
  const needed = new Map<string, string>();
  const waiting = [ENTRY];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (needed.has(path)) continue;
    const text = path === CONTRACT ? await contractDeclaration() : await readFile(join(directory, path), "utf8");
    const { rewritten, imported } = withRelativeImports(path, text);
    needed.set(path, rewritten);
    waiting.push(...imported);
  }
  return needed;
}

/** A declaration with its imports as a package has them, and the paths of the files that these lead to. */
function withRelativeImports(from: string, text: string) {
  const imported: string[] = [];
  const rewritten = text.replaceAll(/( from )"([^"]+)"/g, (whole, keyword: string, specifier: string) => {
    if (KNOWN_PACKAGES.includes(specifier)) return whole;
    const path = pathOf(from, specifier);
    imported.push(path.replace(/\.ts$/, ".d.ts"));
    const relative = posix.relative(posix.dirname(from), path).replace(/\.ts$/, ".js");
    return `${keyword}"${relative.startsWith(".") ? relative : `./${relative}`}"`;
  });
  return { rewritten, imported };
}

function pathOf(from: string, specifier: string): string {
  if (specifier.startsWith("#")) return specifier.slice(1);
  if (specifier.startsWith(".")) return posix.join(posix.dirname(from), specifier);
  throw new Error(
    `The producer's types speak of ${specifier}, in ${from}: who installs the package has it not. Give that type a file without it.`,
  );
}
