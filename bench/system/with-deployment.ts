import { type Deployment, deploy } from "./deployment.ts";
import type { Assembly } from "./synthesize.ts";

/** Measures a deployment of this assembly, and stops it however that ends. */
export async function withDeployment<Result>(
  assembly: Assembly,
  seed: number,
  measure: (deployment: Deployment) => Promise<Result>,
): Promise<Result> {
  const deployment = await deploy(assembly, seed);
  try {
    return await measure(deployment);
  } finally {
    await deployment.stop();
  }
}
