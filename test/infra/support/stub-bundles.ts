import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BUNDLED_FUNCTIONS } from "#infra/bundled-functions.ts";
import { SCRATCH_DIRECTORY } from "./scratch-directory.ts";

/** Bundles that do nothing, one for each function: enough for templates, and made at once. */
export const STUB_BUNDLES: Readonly<Record<string, string>> = Object.fromEntries(
  BUNDLED_FUNCTIONS.map((name) => [name, stub(name)]),
);

function stub(name: string): string {
  const bundle = join(SCRATCH_DIRECTORY, name);
  mkdirSync(bundle);
  writeFileSync(join(bundle, "index.mjs"), `export const handler = async () => "${name}";`);
  return bundle;
}
