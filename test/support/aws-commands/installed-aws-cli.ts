import { execFile } from "node:child_process";
import { promisify } from "node:util";

export interface InstalledAwsCli {
  /** As the CLI says it, `2.13.34`; or that there is none. */
  readonly version: string;
  /** Whether it speaks SQS's JSON protocol. */
  readonly isNewEnough: boolean;
}

/** The first of each major version that speaks SQS's JSON protocol. */
const FIRST: Readonly<Record<number, readonly number[]>> = { 1: [1, 29, 88], 2: [2, 13, 34] };

/** The `aws` that a shell finds on this machine. */
export async function installedAwsCli(): Promise<InstalledAwsCli> {
  try {
    const { stdout, stderr } = await promisify(execFile)("aws", ["--version"]);
    const version = /aws-cli\/(\d+\.\d+\.\d+)/.exec(stdout + stderr)?.[1] ?? "of an unknown version";
    return { version, isNewEnough: isNewEnough(version) };
  } catch {
    return { version: "not installed", isNewEnough: false };
  }
}

/** Majors after those that are known here are newer. */
export function isNewEnough(version: string): boolean {
  const numbers = version.split(".").map(Number);
  const [major = 0] = numbers;
  if (numbers.length !== 3 || !(major >= 1)) return false;
  const first = FIRST[major] ?? [0];
  const differing = first.findIndex((number, index) => number !== numbers[index]);
  return differing === -1 || (numbers[differing] ?? 0) > (first[differing] ?? 0);
}
