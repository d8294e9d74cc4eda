import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type LocalSystem, type LocalSystemOptions, startLocalSystem } from "#local/start-local-system.ts";
import type { SettingsInput } from "#shared/settings.ts";

const run = promisify(execFile);

/** As the app names its stack. */
const TEMPLATE = "ContactRequests.template.json";

/** The deployed system on this machine, and the lines that its functions have written. */
export interface LocalDeployment {
  readonly system: LocalSystem;
  readonly functionLog: readonly string[];
  /** Ends the system and removes what was synthesized for it. */
  stop(): Promise<void>;
}

/** What a test may change in the synthesized template: CloudFormation's resources, by logical id. */
export interface Template {
  readonly Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
}

type Options = Omit<LocalSystemOptions, "assemblyDirectory" | "port" | "onFunctionLog"> & {
  readonly settings?: Partial<SettingsInput>;
  /** Changes the template before it is run. */
  readonly changeTemplate?: (template: Template) => void;
};

/** Synthesizes the stack, as `cdk synth` does, with these settings, and runs the template on a free port. */
export async function aLocalDeployment({
  settings = {},
  changeTemplate,
  ...options
}: Options = {}): Promise<LocalDeployment> {
  const directory = await mkdtemp(join(tmpdir(), "contact-requests-"));
  const settingsFile = join(directory, "settings.json");
  const assemblyDirectory = join(directory, "cdk.out");
  await writeFile(settingsFile, JSON.stringify(settings));
  const CDK_CONTEXT_JSON = JSON.stringify({ settings: settingsFile });
  await run(process.execPath, ["infra/app.ts"], {
    env: { ...process.env, NODE_OPTIONS: "", CDK_OUTDIR: assemblyDirectory, CDK_CONTEXT_JSON },
  });
  if (changeTemplate !== undefined) await rewrite(join(assemblyDirectory, TEMPLATE), changeTemplate);
  const functionLog: string[] = [];
  const onFunctionLog = (_functionName: string, line: string) => {
    functionLog.push(line);
  };
  const system = await startLocalSystem({ assemblyDirectory, port: 0, onFunctionLog, ...options });
  return {
    system,
    functionLog,
    stop: async () => {
      await system.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function rewrite(file: string, change: (template: Template) => void): Promise<void> {
  const template = JSON.parse(await readFile(file, "utf8")) as Template;
  change(template);
  await writeFile(file, JSON.stringify(template));
}
