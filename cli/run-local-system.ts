import { type LocalSystem, type LocalSystemOptions, startLocalSystem } from "#local/start-local-system.ts";
import { loadAssembly } from "#local/template/load-assembly.ts";
import { accountQuotas } from "./account-quotas.ts";
import { CommandError } from "./command-error.ts";
import { connectEndpoint } from "./connect-endpoint.ts";
import { EXIT_STATUS } from "./exit-status.ts";
import { type SynthesizeOptions, synthesize } from "./synthesize.ts";

export interface RunLocalSystemOptions
  extends SynthesizeOptions,
    Pick<LocalSystemOptions, "onFunctionLog" | "onNotice" | "onUnmatchedEvent"> {
  /** 0 takes a free one. */
  readonly port: number;
}

export interface LocalSystemInRegion extends LocalSystem {
  /** That of the settings' Connect instances. */
  readonly region: string;
}

/**
 * Synthesizes the system, runs it on this machine while `use` lasts, leaves no process and no file behind, and gives what `use` gives. If
 * AWS_ENDPOINT_URL_CONNECT is set, that address takes the place of the Connect emulator. Rejects with a CommandError for what people
 * can mend.
 */
export async function runLocalSystem<Value>(
  { settingsFile, signal, ...options }: RunLocalSystemOptions,
  use: (system: LocalSystemInRegion) => Promise<Value>,
): Promise<Value> {
  const endpoint = connectEndpoint();
  const assembly = await synthesize({ signal, ...(settingsFile !== undefined && { settingsFile }) });
  try {
    const system = await started({
      ...options,
      assemblyDirectory: assembly.directory,
      ...(endpoint !== undefined && { connectEndpoint: endpoint }),
    });
    try {
      signal.throwIfAborted();
      if (settingsFile !== undefined) {
        const { quotas, openContacts } = await accountQuotas(settingsFile);
        system.connect.configure({ quota: quotas, caps: openContacts });
      }
      return await use(system);
    } finally {
      await system.stop();
    }
  } finally {
    await assembly.discard();
  }
}

async function started(options: LocalSystemOptions): Promise<LocalSystemInRegion> {
  try {
    const { region } = await loadAssembly(options.assemblyDirectory);
    return { ...(await startLocalSystem(options)), region };
  } catch (error) {
    throw explained(error);
  }
}

function explained(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (error.name === "TemplateError") {
    return new CommandError(error.message, { cause: error, exitStatus: EXIT_STATUS.refused });
  }
  for (const each of [error, error.cause]) {
    if (!(each instanceof Error) || !("syscall" in each) || each.syscall !== "listen") continue;
    return new CommandError(error === each ? `The port cannot be used: ${error.message}.` : error.message, {
      cause: error,
    });
  }
  return error;
}
