import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import * as z from "zod";
import { loadAssembly } from "#local/template/load-assembly.ts";
import type { Assembly } from "./synthesize.ts";

const code = z.looseObject({ S3Key: z.string() });

export interface OtherCode {
  readonly functionName: string;
  /** The source of the handler that takes its place. */
  readonly handlerFile: string;
}

/** A copy of the assembly with another handler's bundle as the code of one function; all that is around it stays what it is. */
export async function withCode(assembly: Assembly, { functionName, handlerFile }: OtherCode): Promise<Assembly> {
  const directory = await mkdtemp(join(tmpdir(), "contact-requests-bench-"));
  const discard = async () => rm(directory, { recursive: true, force: true });
  try {
    await cp(assembly.directory, directory, { recursive: true });
    const codeDirectory = await codeOf(functionName, directory);
    await rm(codeDirectory, { recursive: true });
    await bundle(handlerFile, join(codeDirectory, "index.mjs"));
  } catch (error) {
    await discard();
    throw error;
  }
  return { ...assembly, directory, discard };
}

async function codeOf(functionName: string, assemblyDirectory: string): Promise<string> {
  const { template, assetDirectories } = await loadAssembly(assemblyDirectory);
  const resources = Object.values(template.Resources);
  const lambda = resources.find(({ Properties }) => Properties["FunctionName"] === functionName);
  const directory = lambda && assetDirectories.get(code.parse(lambda.Properties["Code"]).S3Key);
  if (directory === undefined) throw new Error(`The assembly has no code of a function ${functionName}.`);
  return directory;
}

/** As infra/bundle.ts bundles. */
async function bundle(handlerFile: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [handlerFile],
    outfile,
    bundle: true,
    minify: true,
    keepNames: true,
    platform: "node",
    target: "node24",
    format: "esm",
    mainFields: ["module", "main"],
    banner: { js: 'import{createRequire}from"node:module";const require=createRequire(import.meta.url);' },
    logLevel: "warning",
  });
}
