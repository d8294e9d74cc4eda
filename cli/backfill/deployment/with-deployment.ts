import type { DeploymentOptions } from "./deployment-options.ts";
import { type OpenDeployment, openDeployment } from "./open-deployment.ts";

/** Works with a deployment, and lets go of its connections then: they would keep this process alive. */
export async function withDeployment<Value>(
  options: DeploymentOptions,
  work: (deployment: OpenDeployment) => Promise<Value>,
): Promise<Value> {
  const deployment = await openDeployment(options);
  try {
    return await work(deployment);
  } finally {
    deployment.s3.destroy();
    deployment.sqs.destroy();
    deployment.table.dynamodb.destroy();
  }
}
