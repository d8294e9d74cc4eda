import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as z from "zod";

const PROJECT = fileURLToPath(new URL("..", import.meta.url));

const manifestSchema = z.object({ name: z.string(), version: z.string(), license: z.string() });

/**
 * The licences of the packages whose code is inside a bundle, as they ask to be passed on. `inputs` are the paths of the bundle's
 * sources, relative to the project. Rejects for a package without a file LICENSE.
 */
export async function thirdPartyLicenses(inputs: readonly string[]): Promise<string> {
  const directories = new Set(inputs.flatMap((path) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []));
  const texts = [...directories].sort().map(async (directory) => {
    const read = async (file: string) => readFile(join(PROJECT, directory, file), "utf8");
    const { name, version, license } = manifestSchema.parse(JSON.parse(await read("package.json")));
    return `${name} ${version} (${license})\n\n${(await read("LICENSE")).trim()}\n`;
  });
  return `This package contains code of:\n\n${(await Promise.all(texts)).join("\n---\n\n")}`;
}
