import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const LOOK_EVERY_MS = 20;

/** How long a program took from its start to its end, and the most memory that it had at once. */
export interface ProgramRun {
  readonly seconds: number;
  /** Its resident set, as Linux says (VmHWM). */
  readonly peakMib: number;
  readonly stdout: string;
}

export interface Program {
  /** For Node: flags, the file, its arguments. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** Runs a program with this Node.js. Rejects with what it wrote if it fails. */
export async function runProgram({ args, env, signal }: Program): Promise<ProgramRun> {
  const startedAtMs = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, NODE_OPTIONS: "", ...env },
    stdio: ["ignore", "pipe", "pipe"],
    signal,
  });
  const written = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    written.stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    written.stderr += text;
  });
  let peakKib = 0;
  const looking = setInterval(() => {
    void peakOf(child.pid).then((kib) => {
      peakKib = Math.max(peakKib, kib);
    });
  }, LOOK_EVERY_MS);
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  child.once("error", reject).once("close", resolve);
  const status = await promise.finally(() => clearInterval(looking));
  const seconds = (performance.now() - startedAtMs) / 1_000;
  if (status !== 0) throw new Error(`${args.join(" ")} ended with ${status}: ${written.stderr}`);
  return { seconds, peakMib: peakKib / 1_024, stdout: written.stdout };
}

async function peakOf(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0);
}
