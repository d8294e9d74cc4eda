import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export interface Circumstances {
  /** Beside the paths of this process: nobody's AWS profile or Node options come in. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Standard input. */
  readonly input?: string;
}

export interface Finished {
  readonly exitCode: number | null;
  /** Standard output and standard error, as they came. */
  readonly output: string;
}

const PROJECT = fileURLToPath(new URL("../../..", import.meta.url));

/** Runs this Node, in the project's directory, and waits for its end. */
export const run = (argv: readonly string[], { environment = {}, input = "" }: Circumstances = {}): Promise<Finished> =>
  new Promise((resolve, reject) => {
    const { PATH, HOME } = process.env;
    const child = spawn(process.execPath, argv, { cwd: PROJECT, env: { PATH, HOME, ...environment } });
    let output = "";
    const append = (chunk: string) => {
      output += chunk;
    };
    child.stdout.setEncoding("utf8").on("data", append);
    child.stderr.setEncoding("utf8").on("data", append);
    child.on("error", reject);
    child.on("close", (exitCode) => resolve({ exitCode, output }));
    // A process that ends before it reads leaves a broken pipe, which says nothing that its exit code does not.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
  });
