/** An Amazon Connect instance that the deployment serves. */
export interface ConnectInstance {
  readonly id: string;
  readonly arn: string;
  readonly region: string;
  readonly account: string;
}

const INSTANCE_ARN =
  /^arn:aws[a-z-]*:connect:(?<region>[a-z0-9-]+):(?<account>\d{12}):instance\/(?<id>[A-Za-z0-9-]{1,100})$/;

/** Reads the ARN of a Connect instance; nothing for any other text. */
export function parseConnectInstanceArn(arn: string): ConnectInstance | undefined {
  const groups = INSTANCE_ARN.exec(arn)?.groups;
  const { region, account, id } = groups ?? {};
  if (region === undefined || account === undefined || id === undefined) return undefined;
  return { id, arn, region, account };
}

/**
 * The served instance that a request means: the first one if it names none, else the one with this id or ARN.
 * Nothing if the deployment does not serve it.
 */
export function servedInstance(
  served: readonly ConnectInstance[],
  idOrArn: string | undefined,
): ConnectInstance | undefined {
  if (idOrArn === undefined) return served[0];
  return served.find(({ id, arn }) => id === idOrArn || arn === idOrArn);
}
