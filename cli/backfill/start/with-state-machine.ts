import type { SFNClient } from "@aws-sdk/client-sfn";
import { CALL_PATIENCE } from "../deployment/call-patience.ts";
import type { OpenDeployment } from "../deployment/open-deployment.ts";

/** Works with the state machine that feeds backfills, by its ARN, and lets go of the connections to it then. */
export async function withStateMachine<Value>(
  { access, published }: OpenDeployment,
  work: (sfn: SFNClient, stateMachineArn: string) => Promise<Value>,
): Promise<Value> {
  // Not for everybody: who feeds directly needs no state machine.
  const { SFNClient: Client } = await import("@aws-sdk/client-sfn");
  const sfn = new Client({ ...access.client, ...CALL_PATIENCE });
  try {
    return await work(sfn, published.stateMachineArn);
  } finally {
    sfn.destroy();
  }
}
