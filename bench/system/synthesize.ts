import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { SettingsInput } from "#shared/settings.ts";
import type { Quota } from "../quota-of-connect.ts";

const run = promisify(execFile);

const APP = fileURLToPath(new URL("../../infra/app.ts", import.meta.url));

/** Begins the names of all that is deployed. */
export const PREFIX = "bench";

export interface SynthesizeOptions {
  /** The deployment plans with it, and the local Connect has it. */
  readonly quota: Quota;
  readonly settings: Partial<SettingsInput>;
  readonly signal: AbortSignal;
}

/** A cloud assembly in a directory of its own. */
export interface Assembly {
  readonly directory: string;
  readonly quota: Quota;
  /** Removes the directory. */
  discard(): Promise<void>;
}

/** Synthesizes the stack with these settings, as `cdk synth` does. */
export async function synthesize({ quota, settings, signal }: SynthesizeOptions): Promise<Assembly> {
  const scratch = await mkdtemp(join(tmpdir(), "contact-requests-bench-"));
  const discard = async () => rm(scratch, { recursive: true, force: true });
  const settingsFile = join(scratch, "settings.json");
  const directory = join(scratch, "cdk.out");
  const CDK_CONTEXT_JSON = JSON.stringify({ settings: settingsFile });
  try {
    const all = { ...settings, prefix: PREFIX, quotas: { CreateContact: quota } };
    await writeFile(settingsFile, JSON.stringify(all));
    await run(process.execPath, [APP], {
      env: { ...process.env, CDK_OUTDIR: directory, CDK_CONTEXT_JSON },
      signal,
    });
  } catch (error) {
    await discard();
    throw error;
  }
  return { directory, quota, discard };
}
