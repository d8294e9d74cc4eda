import { requireProfile } from "../../sending/aws-profile.ts";
import { endpointUrl } from "../../sending/endpoint-url.ts";
import type { DeploymentOptions } from "./deployment-options.ts";

const ignore = (): void => undefined;

/** What the SDK has to say, such as that a profile and keys are set, is said by the errors that matter. */
const SILENT = { trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore };

/** How the clients of AWS services are made. */
export interface AwsAccess {
  readonly client: {
    readonly logger: typeof SILENT;
    readonly endpoint?: string;
    readonly region?: string;
    readonly profile?: string;
  };
  /** The address that stands in for AWS, if there is one. */
  readonly endpoint?: string;
}

/** The access that the options describe. Rejects with a CommandError for a profile or an address that is none. */
export async function awsAccess({
  endpointUrl: given,
  region,
  profile,
}: Omit<DeploymentOptions, "prefix">): Promise<AwsAccess> {
  const endpoint = endpointUrl(given);
  if (profile !== undefined) await requireProfile(profile);
  return {
    client: {
      logger: SILENT,
      ...(given !== undefined && { endpoint: given }),
      ...(region !== undefined && { region }),
      ...(profile !== undefined && { profile }),
    },
    ...(endpoint !== undefined && { endpoint }),
  };
}
