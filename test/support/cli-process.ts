import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

export interface CliOutcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly input?: string | Uint8Array;
  /** Added to an environment that says nothing about AWS. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** A program of cli/ in a process of its own. */
export interface CliProcess {
  readonly child: ChildProcess;
  /** What it has written so far. */
  readonly written: { readonly stdout: string; readonly stderr: string };
  readonly ended: Promise<CliOutcome>;
}

/** Starts a program of cli/ by its file name, as `npm run` does. */
export function startCli(program: string, args: readonly string[], { input, env = {} }: CliOptions = {}): CliProcess {
  const child = spawn(process.execPath, [`cli/${program}`, ...args], { cwd: ROOT, env: { ...withoutAws(), ...env } });
  const written = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    written.stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    written.stderr += text;
  });
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  const ended = once(child, "close").then(() => ({ status: child.exitCode, ...written }));
  return { child, written, ended };
}

export const runCli = async (program: string, args: readonly string[], options?: CliOptions): Promise<CliOutcome> =>
  startCli(program, args, options).ended;

function withoutAws(): Record<string, string | undefined> {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("AWS_") && name !== "NODE_OPTIONS");
  // Nor do the files of whoever runs the tests.
  return {
    ...Object.fromEntries(kept),
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_EC2_METADATA_DISABLED: "true",
  };
}
