import { readFileSync } from "node:fs";
import type { Construct } from "constructs";
import { parseConnectInstanceArn } from "#shared/connect-instance.ts";
import { parseSettings, type Settings } from "#shared/settings.ts";
import { EXAMPLE_INSTANCE_ARN } from "./example-instance-arn.ts";
import { SettingsError } from "./settings-error.ts";

/** As the documents write it. */
const ARN_FORM = "arn:aws:connect:REGION:ACCOUNT:instance/ID";

const PLACEHOLDER = /^arn:aws[a-z-]*:connect:.*(REGION|ACCOUNT|\/ID$)/;

const FILE_OPTION = "-c settings=FILE";

/**
 * The settings of the deployment, from the CDK context: `-c settings=FILE` names a JSON file, `-c connectInstanceArn=ARN`
 * the one instance. Without an instance the template can be looked at and run on one machine: see warnOfExample.
 * Throws if they are wrong, with what to type: a program that runs the app for its own users says with the context
 * `settingsOption` how those name the file.
 */
export function settingsFromContext(scope: Construct): Settings {
  const option = settingsOption(scope.node.tryGetContext("settingsOption"));
  const fromFile = readSettingsFile(scope.node.tryGetContext("settings"), option ?? FILE_OPTION);
  const arn: unknown = scope.node.tryGetContext("connectInstanceArn");
  const wrongArn = arn === undefined ? [] : whatIsWrongWith(arn);
  const given = arn === undefined || wrongArn.length > 0 ? fromFile : { ...fromFile, connectInstanceArns: [arn] };
  const settings = parseSettings({ connectInstanceArns: [EXAMPLE_INSTANCE_ARN], ...given });
  if (settings.ok && wrongArn.length === 0) return settings.value;
  const sentences = [...wrongArn, ...(settings.ok ? [] : settings.error)];
  throw SettingsError.of(sentences, option === undefined ? undefined : `Correct the JSON file that ${option} names.`);
}

const settingsOption = (option: unknown): string | undefined => (typeof option === "string" ? option : undefined);

function whatIsWrongWith(arn: unknown): readonly string[] {
  if (typeof arn === "string" && parseConnectInstanceArn(arn) !== undefined) return [];
  const typed = `-c connectInstanceArn=${typeof arn === "string" ? arn : JSON.stringify(arn)}`;
  const placeholders =
    typeof arn === "string" && PLACEHOLDER.test(arn)
      ? ", with REGION, ACCOUNT and ID replaced by those of your instance"
      : "";
  return [`${typed} does not name the ARN of a Connect instance: ${ARN_FORM}${placeholders}.`];
}

function readSettingsFile(path: unknown, option: string): object {
  if (path === undefined) return {};
  if (typeof path !== "string") throw new SettingsError(`The context settings must name a JSON file: ${option}`);
  const settings = parsedJson(path, settingsText(path, option));
  if (typeof settings === "object" && settings !== null && !Array.isArray(settings)) return settings;
  throw new SettingsError(`The settings in ${path} must be one JSON object, such as {"connectInstanceArns":["ARN"]}`);
}

function settingsText(path: string, option: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new SettingsError(`The settings cannot be read from ${path}: give the path of a JSON file, as in ${option}`, {
      cause,
    });
  }
}

function parsedJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    // V8 tells the place of most mistakes; the end of the text has none.
    const place = /\(line (\d+) column (\d+)\)/.exec(cause instanceof Error ? cause.message : "");
    const where = place === null ? "" : `, line ${place[1]}, column ${place[2]}`;
    throw new SettingsError(
      `The settings in ${path} are not JSON${where}: names and texts stand in double quotes, and nothing follows the last member`,
      { cause },
    );
  }
}
