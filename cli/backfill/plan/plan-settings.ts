import { readFile } from "node:fs/promises";
import type { PlanSettings } from "#shared/backfill/plan/plan-terms.ts";
import { isObject } from "#shared/contract/is-object.ts";
import { parseSettings, type Settings } from "#shared/settings.ts";
import { CommandError } from "../../command-error.ts";
import { userPath } from "../../user-path.ts";
import { awsAccess } from "../deployment/aws-access.ts";
import type { DeploymentOptions } from "../deployment/deployment-options.ts";
import { readPublishedSettings } from "../deployment/published-settings.ts";
import { unreadable } from "../input/open-row-source.ts";

/** Where the numbers of a plan come from. */
export interface FoundSettings {
  readonly settings: PlanSettings;
  readonly from: "file" | "deployment" | "defaults";
  /** What to tell people about it; nothing where they said it themselves. */
  readonly note?: string;
}

interface Where extends DeploymentOptions {
  readonly settings?: string;
}

/**
 * What a plan reckons with: the file that was named, else what the deployment publishes, else the defaults, with a note that says so. A
 * plan needs no access to AWS.
 */
export async function planSettings({ settings: file, ...where }: Where): Promise<FoundSettings> {
  if (file !== undefined) return { settings: await settingsIn(file), from: "file" };
  const access = await awsAccess(where);
  try {
    const { settings } = await readPublishedSettings(access, where.prefix);
    return { settings, from: "deployment" };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return { settings: DEFAULTS, from: "defaults", note: `${error.message}\n${OF_DEFAULTS}` };
  }
}

const OF_DEFAULTS =
  "So this plan reckons with the quotas that AWS gives every account, and with the defaults of the deployment: --settings FILE names others.";

/** Which instance it is makes no difference to the numbers. */
const ANY_INSTANCE = { connectInstanceArns: ["arn:aws:connect:us-east-1:000000000000:instance/any"] };

const DEFAULTS: PlanSettings = (() => {
  const settings = parseSettings(ANY_INSTANCE);
  if (!settings.ok) throw new Error(settings.error.join(" "));
  return asFarAsNamed(settings.value, {});
})();

async function settingsIn(path: string): Promise<PlanSettings> {
  const given = await jsonIn(path);
  if (!isObject(given)) throw new CommandError(`The settings in ${path} must be one JSON object.`);
  const settings = parseSettings({ ...ANY_INSTANCE, ...given });
  if (settings.ok) return asFarAsNamed(settings.value, given);
  throw new CommandError([`The settings in ${path} are wrong.`, ...settings.error].join("\n"));
}

/** Where nobody says which instances and buckets there are, no row is refused for them. */
function asFarAsNamed(settings: Settings, given: Record<string, unknown>): PlanSettings {
  const { connectInstanceArns, attachmentBuckets, ...numbers } = settings;
  return {
    ...numbers,
    ...(given["connectInstanceArns"] !== undefined && { connectInstanceArns }),
    ...(given["attachmentBuckets"] !== undefined && { attachmentBuckets }),
  };
}

async function jsonIn(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(userPath(path), "utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) throw new CommandError(`${path} is not JSON (${error.message}).`);
    throw unreadable(path, error);
  }
}
