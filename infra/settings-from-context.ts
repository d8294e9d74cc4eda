import { readFileSync } from "node:fs";
import type { Construct } from "constructs";
import { parseSettings, type Settings } from "#shared/settings.ts";
import { EXAMPLE_INSTANCE_ARN } from "./example-instance-arn.ts";
import { SettingsError } from "./settings-error.ts";

/**
 * The settings of the deployment, from the CDK context: `-c settings=FILE` names a JSON file, `-c connectInstanceArn=ARN`
 * the one instance. Without an instance the template can be looked at and run on one machine: see warnOfExample.
 * Throws if they are wrong, with what to type.
 */
export function settingsFromContext(scope: Construct): Settings {
  const fromFile = readSettingsFile(scope.node.tryGetContext("settings"));
  const arn: unknown = scope.node.tryGetContext("connectInstanceArn");
  const given = arn === undefined ? fromFile : { ...fromFile, connectInstanceArns: [arn] };
  const settings = parseSettings({ connectInstanceArns: [EXAMPLE_INSTANCE_ARN], ...given });
  if (settings.ok) return settings.value;
  throw SettingsError.of(settings.error);
}

function readSettingsFile(path: unknown): object {
  if (path === undefined) return {};
  if (typeof path !== "string") throw new SettingsError("The context settings must name a JSON file: -c settings=FILE");
  try {
    const settings: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (typeof settings === "object" && settings !== null && !Array.isArray(settings)) return settings;
  } catch (cause) {
    throw new SettingsError(
      `The settings cannot be read from ${path}: give the path of a JSON file, as in -c settings=FILE`,
      { cause },
    );
  }
  throw new SettingsError(`The settings in ${path} must be one JSON object, such as {"connectInstanceArns":["ARN"]}`);
}
