import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  RedriveExecutionCommand,
  type SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { readSdkError } from "#shared/aws/sdk-error.ts";
import type { JobDescription } from "#shared/job-description.ts";
import { CommandError } from "../../command-error.ts";

/** How the state machine came to work on a job. */
export interface Execution {
  readonly arn: string;
  /** `redriven`: one that had failed goes on with the ranges that it left. */
  readonly how: "started" | "running" | "redriven";
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
 * Has the state machine feed a job. A run of the same start that is under way is left alone, and one that failed is redriven. Otherwise
 * a new one is begun: the function answers at once for ranges that were fed.
 */
export async function runStateMachine(
  sfn: SFNClient,
  stateMachineArn: string,
  { job, fileHash }: JobDescription,
): Promise<Execution> {
  const input = JSON.stringify({ job: job.job });
  for (let number = 1; number <= MOST_EXECUTIONS; number += 1) {
    const name = `${job.job}-${fileHash.slice(0, 8)}${number === 1 ? "" : `-${number}`}`;
    const arn = executionArn(stateMachineArn, name);
    const status = await statusOf(sfn, arn);
    switch (status) {
      case "none": {
        const { executionArn: started = arn } = await sfn.send(
          new StartExecutionCommand({ stateMachineArn, name, input }),
        );
        return { arn: started, how: "started" };
      }
      case "running":
        return { arn, how: "running" };
      case "failed":
        if (await redriven(sfn, arn)) return { arn, how: "redriven" };
        break;
      case "succeeded":
        break;
    }
  }
  throw new CommandError(
    `The job ${job.job} was started ${MOST_EXECUTIONS} times. See in the state machine why its runs end without all rows.`,
  );
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/auth-and-access-control-sfn.html */
const executionArn = (stateMachineArn: string, name: string): string =>
  `${stateMachineArn.replace(":stateMachine:", ":execution:")}:${name}`;

async function statusOf(sfn: SFNClient, arn: string): Promise<"none" | "running" | "failed" | "succeeded"> {
  try {
    const { status } = await sfn.send(new DescribeExecutionCommand({ executionArn: arn }));
    if (status === "RUNNING" || status === "PENDING_REDRIVE") return "running";
    return status === "SUCCEEDED" ? "succeeded" : "failed";
  } catch (error) {
    if (readSdkError(error).name === "ExecutionDoesNotExist") return "none";
    throw error;
  }
}

/** Not longer than 14 days after its end, and not where the definition has changed since. */
async function redriven(sfn: SFNClient, arn: string): Promise<boolean> {
  try {
    await sfn.send(new RedriveExecutionCommand({ executionArn: arn }));
    return true;
  } catch (error) {
    if (readSdkError(error).name === "ExecutionNotRedrivable") return false;
    throw error;
  }
}
