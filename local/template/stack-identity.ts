import { createHash } from "node:crypto";

/** Whose stack it is: what the pseudo parameters and every ARN are made from. */
export interface StackIdentity {
  readonly stackName: string;
  readonly region: string;
  readonly accountId: string;
}

/**
 * The name of a resource that the template leaves unnamed. CloudFormation appends random characters; these follow from the
 * names, so that two runs of a template give the same.
 */
export function generatedName(stack: StackIdentity, logicalId: string, maxLength: number): string {
  const suffix = createHash("sha256")
    .update(`${stack.stackName}/${logicalId}`)
    .digest("hex")
    .slice(0, 12)
    .toUpperCase();
  return `${`${stack.stackName}-${logicalId}`.slice(0, maxLength - suffix.length - 1)}-${suffix}`;
}
