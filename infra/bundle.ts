import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type OutputFile, type Plugin } from "esbuild";

/** Where the bundle of each function is, by the name of its file in functions/: `create-contact` → a directory. */
export type Bundles = Readonly<Record<string, string>>;

const PROJECT = fileURLToPath(new URL("..", import.meta.url));

/**
 * Bundles functions, each into a directory of its own with one `index.mjs`, the AWS SDK inside: what is tested is what
 * is deployed, whatever SDK the runtime ships. The same sources give the same bytes, so that CDK uploads only changes.
 */
export async function bundle(functionNames: readonly string[], outputDirectory: string): Promise<Bundles> {
  const { outputFiles } = await build({
    absWorkingDir: PROJECT,
    entryPoints: functionNames.map((name) => ({ in: join("functions", `${name}.ts`), out: join(name, "index") })),
    outdir: outputDirectory,
    write: false,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    minify: true,
    keepNames: true,
    platform: "node",
    target: "node24",
    format: "esm",
    mainFields: ["module", "main"],
    // Packages in CommonJS that are bundled into a module still call `require` for Node's own modules.
    banner: { js: 'import{createRequire}from"node:module";const require=createRequire(import.meta.url);' },
    plugins: [shakeableSdkSchemas],
    logLevel: "warning",
  });
  await Promise.all(outputFiles.map(publish));
  return Object.fromEntries(functionNames.map((name) => [basename(name), join(outputDirectory, name)]));
}

/** Puts a file into its place in one step, and only if it changes: another synth may be reading it at this moment. */
async function publish({ path, contents }: OutputFile): Promise<void> {
  const current = await readFile(path).catch(() => undefined);
  if (current?.equals(contents)) return;
  const directory = dirname(path);
  await mkdir(directory, { recursive: true });
  // Beside the directory: everything that is in it is deployed.
  const draft = `${directory}.${randomUUID()}`;
  await writeFile(draft, contents);
  await rename(draft, path);
}

/**
 * The SDK keeps the schemas of all its operations in one file, with computed keys such as `[_h]`. A bundler must take
 * those for side effects and keep all of them; with the keys written out it keeps the few that are used.
 */
const shakeableSdkSchemas: Plugin = {
  name: "shakeable-sdk-schemas",
  setup({ onLoad }) {
    onLoad({ filter: /@aws-sdk\/client-[^/]+\/dist-es\/schemas\/schemas_\d+\.js$/ }, async ({ path }) => ({
      contents: withKeysWrittenOut(await readFile(path, "utf8")),
    }));
  },
};

function withKeysWrittenOut(source: string): string {
  const texts = new Map([...source.matchAll(/^const (_\w+) = ("[^"\n]*");$/gm)].map(([, name, text]) => [name, text]));
  return source.replace(/\[(_\w+)\]:/g, (computed, name: string) => {
    const text = texts.get(name);
    return text === undefined ? computed : `${text}:`;
  });
}
