import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { producerDeclarations } from "./producer-declarations.ts";
import { producerManifest } from "./producer-manifest.ts";
import { thirdPartyLicenses } from "./third-party-licenses.ts";

const PROJECT = fileURLToPath(new URL("..", import.meta.url));

/**
 * Makes the package that upstreams install, in a directory that it empties first: one module with the contract and zod
 * inside, its types, and what npm shows of it.
 */
export async function buildProducerPackage(directory: string): Promise<void> {
  const [types, bundle] = await Promise.all([producerDeclarations(), bundleProducer()]);
  await rm(directory, { recursive: true, force: true });
  for (const [path, text] of types) await write(join(directory, "types", path), text);
  await write(join(directory, "index.js"), bundle.code);
  await write(join(directory, "THIRD-PARTY-LICENSES.txt"), await thirdPartyLicenses(bundle.inputs));
  const root: unknown = JSON.parse(await readFile(join(PROJECT, "package.json"), "utf8"));
  await write(join(directory, "package.json"), `${JSON.stringify(producerManifest(root), null, 2)}\n`);
  await copyFile(join(PROJECT, "producer/README.md"), join(directory, "README.md"));
  await copyFile(join(PROJECT, "LICENSE"), join(directory, "LICENSE"));
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

/** Not minified: who looks for the reason of a refusal reads it. */
async function bundleProducer(): Promise<{ readonly code: string; readonly inputs: readonly string[] }> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: PROJECT,
    entryPoints: ["producer/contact-request-producer.ts"],
    bundle: true,
    write: false,
    metafile: true,
    platform: "node",
    format: "esm",
    target: "node20",
    mainFields: ["module", "main"],
    external: ["@aws-sdk/*"],
    legalComments: "none",
    logLevel: "warning",
  });
  return { code: outputFiles.map(({ text }) => text).join(""), inputs: Object.keys(metafile.inputs) };
}
