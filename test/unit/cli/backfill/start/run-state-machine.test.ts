import type { SFNClient } from "@aws-sdk/client-sfn";
import { describe, expect, test } from "@jest/globals";
import { requireStateMachine, runStateMachine } from "#cli/backfill/start/run-state-machine.ts";

const MACHINE = "arn:aws:states:us-east-1:000000000000:stateMachine:contact-requests-backfill";
const START = { job: "spring", startId: "0a1b2c3d4e5f" };
const NAME = `${START.job}-${START.startId}`;
const EXECUTION = `arn:aws:states:us-east-1:000000000000:execution:contact-requests-backfill:${NAME}`;

const named = (name: string, message = ""): Error => Object.assign(new Error(message), { name });

/** Step Functions with these executions: their status by name. */
function stepFunctions(executions: Record<string, string>) {
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
    return { status };
  };
  return { sfn: { send } as unknown as SFNClient, asked };
}

describe("the state machine for a job", () => {
  test("is started with job and start as its input", async () => {
    const { sfn, asked } = stepFunctions({});

    expect(await runStateMachine(sfn, MACHINE, START)).toEqual({ arn: EXECUTION, how: "started" });
    expect(asked.at(-1)).toEqual([
      "StartExecutionCommand",
      { stateMachineArn: MACHINE, name: NAME, input: JSON.stringify(START) },
    ]);
  });

  test.each([
    ["is left alone while it runs", { [NAME]: "RUNNING" }, "running", EXECUTION],
    ["is left alone while its redrive waits", { [NAME]: "PENDING_REDRIVE" }, "running", EXECUTION],
    ["is started again when ranges were left", { [NAME]: "FAILED" }, "started", `${EXECUTION}-2`],
    ["is started again when it was stopped", { [NAME]: "ABORTED" }, "started", `${EXECUTION}-2`],
    ["is started again when it ended well", { [NAME]: "SUCCEEDED" }, "started", `${EXECUTION}-2`],
    ["is started a third time", { [NAME]: "FAILED", [`${NAME}-2`]: "TIMED_OUT" }, "started", `${EXECUTION}-3`],
    ["is left alone while it runs again", { [NAME]: "FAILED", [`${NAME}-2`]: "RUNNING" }, "running", `${EXECUTION}-2`],
  ])("%s", async (_name, executions, how, arn) => {
    const { sfn } = stepFunctions(executions);

    expect(await runStateMachine(sfn, MACHINE, START)).toEqual({ arn, how });
  });

  test("has a name that Step Functions takes for the longest name of a job, at the last of its runs", async () => {
    const job = "j".repeat(63);
    const name = `${job}-${START.startId}`;
    const before = Array.from({ length: 49 }, (_, index) => [index === 0 ? name : `${name}-${index + 1}`, "FAILED"]);
    const { sfn, asked } = stepFunctions(Object.fromEntries(before));
    await runStateMachine(sfn, MACHINE, { ...START, job });

    const [command, { name: given }] = asked.at(-1) ?? ["", {}];
    expect([command, given]).toEqual(["StartExecutionCommand", `${name}-50`]);
    expect(String(given).length).toBeLessThanOrEqual(80);
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
