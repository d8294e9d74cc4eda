import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import type { FunctionConfiguration } from "#local/lambda/function-configuration.ts";
import { LambdaFunction } from "#local/lambda/lambda-function.ts";

const aFunction = (taskRoot: string): FunctionConfiguration => ({
  functionName: "f",
  functionArn: "arn:f",
  region: "us-east-1",
  handler: "index.handler",
  runtime: "nodejs24.x",
  taskRoot,
  memoryMb: 128,
  timeoutMs: 3000,
  variables: {},
  endpointVariables: {},
  logGroupName: "l",
  logVariables: {},
  clockOffsetMs: () => 0,
  reservedConcurrency: undefined,
});

test("after code that does not load, the next start waits longer each time, and not at all once it loads", async () => {
  const taskRoot = await mkdtemp(join(tmpdir(), "function-"));
  const configuration = aFunction(taskRoot);
  const lines: string[] = [];
  const lambda = new LambdaFunction(configuration, (line) => lines.push(line));
  const waits = async (ms: number) =>
    lambda.untilStartable(AbortSignal.timeout(ms)).then(
      () => "startable",
      () => "resting",
    );

  expect(await waits(0)).toBe("startable");
  await writeFile(join(taskRoot, "index.mjs"), "throw new Error('no')");
  expect(await lambda.invoke({})).toMatchObject({ kind: "init-failed" });
  expect(await waits(20)).toBe("resting");
  expect(await waits(1100)).toBe("startable");
  expect(await lambda.invoke({})).toMatchObject({ kind: "init-failed" });
  expect(await waits(1100)).toBe("resting");
  expect(lines).toHaveLength(1);

  await writeFile(join(taskRoot, "index.mjs"), "export const handler = async (event) => event.a + 1;");
  expect(await lambda.invoke({ a: 1 })).toEqual({ kind: "succeeded", response: 2 });
  await lambda.stop();
  await rm(taskRoot, { recursive: true });
});

test("a process that cannot be started at all fails its invocation, and can be stopped", async () => {
  const lines: string[] = [];
  const lambda = new LambdaFunction(aFunction("/nowhere/at/all"), (line) => lines.push(line));
  expect(await lambda.invoke({})).toMatchObject({ kind: "init-failed" });
  expect(lines[0]).toMatch(/^The process of the function cannot be started: spawn .* ENOENT$/);
  await lambda.stop();
});
