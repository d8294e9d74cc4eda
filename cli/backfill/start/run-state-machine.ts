import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  type SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { readSdkError } from "#shared/aws/sdk-error.ts";
import type { JobStart } from "#shared/contract/job-start.ts";
import { CommandError } from "../../command-error.ts";

/** How the state machine came to work on a job. */
export interface Execution {
  readonly arn: string;
  readonly how: "started" | "running";
}

/** Nobody starts a job so often. */
const MOST_EXECUTIONS = 50;

/** Rejects with a CommandError where no state machines run, as on one machine. */
export async function requireStateMachine(sfn: SFNClient, stateMachineArn: string): Promise<void> {
  try {
    await sfn.send(new ListExecutionsCommand({ stateMachineArn, maxResults: 1 }));
  } catch (error) {
    const { name, message = "" } = readSdkError(error);
    if (name === "UnsupportedOperationException") throw new CommandError(message, { cause: error });
    throw error;
  }
}

/**
 * Has the state machine feed a start. A run of it that is under way is left alone. Otherwise a new one is begun, whatever
 * became of those before: the function answers at once for ranges that were fed, so that just the others are. A redrive
 * would not feed ranges that the map has tolerated as failed.
 */
export async function runStateMachine(sfn: SFNClient, stateMachineArn: string, start: JobStart): Promise<Execution> {
  const { job, startId } = start;
  for (let number = 1; number <= MOST_EXECUTIONS; number += 1) {
    const name = `${job}-${startId}${number === 1 ? "" : `-${number}`}`;
    const arn = executionArn(stateMachineArn, name);
    switch (await stateOf(sfn, arn)) {
      case "none": {
        const input = JSON.stringify({ job, startId });
        const { executionArn: started = arn } = await sfn.send(
          new StartExecutionCommand({ stateMachineArn, name, input }),
        );
        return { arn: started, how: "started" };
      }
      case "running":
        return { arn, how: "running" };
      case "ended":
        break;
    }
  }
  throw new CommandError(
    `The job ${job} was started ${MOST_EXECUTIONS} times. See in the state machine why its runs end without all rows.`,
  );
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/auth-and-access-control-sfn.html */
const executionArn = (stateMachineArn: string, name: string): string =>
  `${stateMachineArn.replace(":stateMachine:", ":execution:")}:${name}`;

async function stateOf(sfn: SFNClient, arn: string): Promise<"none" | "running" | "ended"> {
  try {
    const { status } = await sfn.send(new DescribeExecutionCommand({ executionArn: arn }));
    return status === "RUNNING" || status === "PENDING_REDRIVE" ? "running" : "ended";
  } catch (error) {
    if (readSdkError(error).name === "ExecutionDoesNotExist") return "none";
    throw error;
  }
}
