import { execFile } from "node:child_process";
import { promisify } from "node:util";
import packageJson from "../../package.json" with { type: "json" };

const run = promisify(execFile);

/** Whose versions say something about the numbers. */
const MEASURED_WITH = /^(@aws-sdk\/.*|fauxqs|dynalite|aws-cdk-lib|esbuild)$/;

/** The state of the project that was measured, and the packages that it was measured with. */
export async function versions(): Promise<Readonly<Record<string, string>>> {
  const packages = Object.entries({ ...packageJson.dependencies, ...packageJson.devDependencies });
  return {
    "contact-requests": packageJson.version,
    commit: await commit(),
    ...Object.fromEntries(packages.filter(([name]) => MEASURED_WITH.test(name))),
  };
}

/** With `-dirty` if files differ from it. A copy without its history has none. */
async function commit(): Promise<string> {
  try {
    const { stdout } = await run("git", ["describe", "--always", "--dirty", "--exclude=*"], {
      cwd: import.meta.dirname,
    });
    return stdout.trim();
  } catch {
    return "unknown";
  }
}
