import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { CommandError } from "../command-error.ts";

/** Where the AWS tools look for profiles: the variable that names the file, and its place without one. */
const FILES = [
  ["AWS_CONFIG_FILE", "config"],
  ["AWS_SHARED_CREDENTIALS_FILE", "credentials"],
] as const;

/**
 * Rejects with a CommandError for a profile that no file of the AWS tools has. The SDK itself speaks of credentials or of the
 * Region then, and not of the profile.
 * https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 */
export async function requireProfile(profile: string): Promise<void> {
  const paths = FILES.map(([variable, name]) => process.env[variable] ?? join(homedir(), ".aws", name));
  const texts = await Promise.all(paths.map(async (path) => readFile(path, "utf8").catch(() => "")));
  if (texts.flatMap(sectionNames).some((name) => name === profile || name === `profile ${profile}`)) return;
  throw new CommandError(
    `There is no profile ${profile}: neither ${paths.join(" nor ")} has it. Check --profile; aws configure list-profiles shows those that there are.`,
  );
}

/** The names in the brackets of an INI file, with single spaces and without quotes. */
const sectionNames = (text: string): readonly string[] =>
  [...text.matchAll(/^\s*\[([^\]\n]+)\]/gm)].map(([, name = ""]) =>
    name.replaceAll(/["']/g, "").trim().replaceAll(/\s+/g, " "),
  );
