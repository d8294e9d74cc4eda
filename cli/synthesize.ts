import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CommandError } from "./command-error.ts";
import { EXIT_STATUS } from "./exit-status.ts";
import { userPath } from "./user-path.ts";

const APP = fileURLToPath(new URL("../infra/app.ts", import.meta.url));

/** A cloud assembly in a directory of its own. */
export interface SynthesizedAssembly {
  readonly directory: string;
  /** Removes the directory. */
  discard(): Promise<void>;
}

export interface SynthesizeOptions {
  /** A JSON file with the settings of the deployment. Default: the example instance, and the defaults. */
  readonly settingsFile?: string;
  /** Ends the synthesis; then this rejects. */
  readonly signal: AbortSignal;
}

/**
 * Synthesizes the CDK app, as `cdk synth` does, in a process of its own. Rejects with a CommandError that says what the app
 * says when it fails.
 */
export async function synthesize({ settingsFile, signal }: SynthesizeOptions): Promise<SynthesizedAssembly> {
  const directory = await mkdtemp(join(tmpdir(), "contact-requests-assembly-"));
  const discard = async () => rm(directory, { recursive: true, force: true });
  const context =
    settingsFile === undefined ? {} : { settings: userPath(settingsFile), settingsOption: "--settings FILE" };
  try {
    const said = await runApp({ CDK_OUTDIR: directory, CDK_CONTEXT_JSON: JSON.stringify(context) }, signal);
    if (said !== undefined) throw failure(said, settingsFile);
    return { directory, discard };
  } catch (error) {
    await discard();
    throw error;
  }
}

/** Nothing if the app succeeds, else what it wrote. */
async function runApp(variables: Readonly<Record<string, string>>, signal: AbortSignal): Promise<string | undefined> {
  const app = spawn(process.execPath, [APP], {
    env: { ...process.env, ...variables },
    stdio: ["ignore", "pipe", "pipe"],
    signal,
  });
  let said = "";
  for (const stream of [app.stdout, app.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
  }
  // An abort shows as an error at once; only "close" says that the process is gone and writes no file any more.
  app.on("error", (error) => {
    said += error.message;
  });
  await new Promise((resolve) => app.on("close", resolve));
  return app.exitCode === 0 ? undefined : said;
}

function failure(said: string, settingsFile: string | undefined): CommandError {
  if (settingsFile !== undefined) {
    return new CommandError(
      `The system cannot be synthesized with the settings in ${settingsFile}.\n${said.trimEnd()}`,
    );
  }
  return new CommandError(`The system cannot be synthesized. infra/app.ts says:\n${said.trimEnd()}`, {
    exitStatus: EXIT_STATUS.refused,
  });
}
