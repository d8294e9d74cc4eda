import type { SFNClient } from "@aws-sdk/client-sfn";
import { describe, expect, test } from "@jest/globals";
import { requireStateMachine, runStateMachine } from "#cli/backfill/start/run-state-machine.ts";
import type { JobDescription } from "#shared/job-description.ts";

const MACHINE = "arn:aws:states:us-east-1:000000000000:stateMachine:contact-requests-backfill";
const EXECUTION = "arn:aws:states:us-east-1:000000000000:execution:contact-requests-backfill:spring-0a1b2c3d";
const DESCRIPTION: JobDescription = {
  job: { job: "spring", operation: "CreateContact", format: { kind: "requests" } },
  columns: [],
  templateHash: "f".repeat(64),
  fileHash: `0a1b2c3d${"0".repeat(56)}`,
};

const named = (name: string, message = ""): Error => Object.assign(new Error(message), { name });

/** Step Functions with these executions: their status by name. */
function stepFunctions(executions: Record<string, string>, { isRedrivable = true } = {}) {
  const asked: [string, Record<string, unknown>][] = [];
  const send = async (call: {
    readonly constructor: { readonly name: string };
    readonly input: Record<string, unknown>;
  }) => {
    const { input } = call;
    const command = call.constructor.name;
    asked.push([command, input]);
    const status = executions[String(input["executionArn"]).split(":").at(-1) ?? ""];
    if (command === "DescribeExecutionCommand" && status === undefined) throw named("ExecutionDoesNotExist");
    if (command === "RedriveExecutionCommand" && !isRedrivable) throw named("ExecutionNotRedrivable");
    return { status };
  };
  return { sfn: { send } as unknown as SFNClient, asked };
}

describe("the state machine for a job", () => {
  test("is started with the job's name as its input", async () => {
    const { sfn, asked } = stepFunctions({});

    expect(await runStateMachine(sfn, MACHINE, DESCRIPTION)).toEqual({ arn: EXECUTION, how: "started" });
    expect(asked.at(-1)).toEqual([
      "StartExecutionCommand",
      { stateMachineArn: MACHINE, name: "spring-0a1b2c3d", input: '{"job":"spring"}' },
    ]);
  });

  test.each([
    ["is left alone while it runs", { "spring-0a1b2c3d": "RUNNING" }, "running", EXECUTION],
    ["is left alone while its redrive waits", { "spring-0a1b2c3d": "PENDING_REDRIVE" }, "running", EXECUTION],
    ["is redriven when it failed", { "spring-0a1b2c3d": "FAILED" }, "redriven", EXECUTION],
    ["is redriven when it was stopped", { "spring-0a1b2c3d": "ABORTED" }, "redriven", EXECUTION],
    ["is started again when it ended well", { "spring-0a1b2c3d": "SUCCEEDED" }, "started", `${EXECUTION}-2`],
    [
      "is started a third time",
      { "spring-0a1b2c3d": "SUCCEEDED", "spring-0a1b2c3d-2": "SUCCEEDED" },
      "started",
      `${EXECUTION}-3`,
    ],
  ])("%s", async (_name, executions, how, arn) => {
    const { sfn } = stepFunctions(executions);

    expect(await runStateMachine(sfn, MACHINE, DESCRIPTION)).toEqual({ arn, how });
  });

  test("is started again where it can be redriven no more", async () => {
    const { sfn } = stepFunctions({ "spring-0a1b2c3d": "FAILED" }, { isRedrivable: false });

    expect(await runStateMachine(sfn, MACHINE, DESCRIPTION)).toEqual({ arn: `${EXECUTION}-2`, how: "started" });
  });

  test("has a name that Step Functions takes for the longest name of a job", async () => {
    const { sfn, asked } = stepFunctions({});
    const job = { ...DESCRIPTION.job, job: "j".repeat(63) };
    await runStateMachine(sfn, MACHINE, { ...DESCRIPTION, job });

    expect(String(asked.at(-1)?.[1]["name"]).length).toBeLessThanOrEqual(80);
  });

  test("is missed with the sentence of the service that does not run it", async () => {
    const sfn = {
      send: async () => {
        throw named("UnsupportedOperationException", "The local system runs no state machines: use --direct");
      },
    } as unknown as SFNClient;

    await expect(requireStateMachine(sfn, MACHINE)).rejects.toMatchObject({
      name: "CommandError",
      message: expect.stringContaining("--direct"),
      exitStatus: 2,
    });
  });
});
