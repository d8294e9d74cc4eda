import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { type PublishedSettings, publishedSettingsSchema, settingsParameterName } from "#shared/settings-parameter.ts";
import { storedJson } from "#shared/stored-json.ts";
import { CommandError } from "../../command-error.ts";
import type { AwsAccess } from "./aws-access.ts";
import { explained } from "./explain-aws-error.ts";

/** Nobody should wait for long for a network that is not there. */
const CONNECT_MS = 3_000;
const ANSWER_MS = 10_000;

/** What a deployment publishes about itself. Rejects with a CommandError where it cannot be read, or by another version only. */
export async function readPublishedSettings(
  { client, ...place }: AwsAccess,
  prefix: string,
): Promise<PublishedSettings> {
  const ssm = new SSMClient({
    ...client,
    maxAttempts: 2,
    requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: ANSWER_MS, throwOnRequestTimeout: true },
  });
  try {
    const name = settingsParameterName(prefix);
    const { Parameter } = await explained("read the settings of the deployment", { ...place, prefix }, async () =>
      ssm.send(new GetParameterCommand({ Name: name })),
    );
    return parsed(Parameter?.Value ?? "", name);
  } finally {
    ssm.destroy();
  }
}

function parsed(text: string, name: string): PublishedSettings {
  const settings = storedJson(publishedSettingsSchema, text);
  if (settings.ok) return settings.value;
  throw new CommandError(
    `The SSM parameter ${name} holds settings that this version cannot read (${settings.error}). Use the version that was deployed, or deploy this one.`,
  );
}
