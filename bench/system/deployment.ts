import { type LocalSystem, startLocalSystem } from "#local/start-local-system.ts";
import type { Quota } from "../quota-of-connect.ts";
import { RequestLog } from "./request-log.ts";
import type { Assembly } from "./synthesize.ts";

/** How long Connect takes to begin with a call, and then to answer it: 50 ms together, as of a service nearby. */
export const CONNECT_DELAYS_MS = { before: 20, after: 30 };

/** More open tasks than any run makes: what is measured here is the rate. */
const ROOM = 10_000_000;

/** The system on this machine, with a Connect that has the quota that the deployment plans with. */
export interface Deployment {
  readonly system: LocalSystem;
  readonly requests: RequestLog;
  readonly quota: Quota;
  /** Log lines of level ERROR, and lines that are no log lines, such as those of a process that crashes. */
  readonly errorLines: readonly string[];
  stop(): Promise<void>;
}

/** Runs the template: function processes of their own, and real protocols between all parts. */
export async function deploy({ directory, quota }: Assembly, seed: number): Promise<Deployment> {
  const errorLines: string[] = [];
  const { before, after } = CONNECT_DELAYS_MS;
  const system = await startLocalSystem({
    assemblyDirectory: directory,
    port: 0,
    seed,
    connect: {
      settings: { quota: { CreateContact: quota }, caps: { task: ROOM } },
      faults: { CreateContact: { delayBefore: always(before), delayAfter: always(after) } },
    },
    onFunctionLog: (_functionName, line) => {
      if (isError(line)) errorLines.push(line);
    },
  });
  const requests = new RequestLog(system.endpoint);
  const stop = async () => {
    requests.stop();
    await system.stop();
  };
  return { system, requests, quota, errorLines, stop };
}

const always = (delayMs: number) => ({ probability: 1, minMs: delayMs, maxMs: delayMs });

const isError = (line: string): boolean => !line.startsWith("{") || line.includes('"level":"ERROR"');
