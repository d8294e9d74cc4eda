import { SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { expect, test } from "@jest/globals";
import { aLocalSystem } from "#test/local/support/a-local-system.ts";

const aStateMachine = (overrides: Readonly<Record<string, unknown>> = {}) => ({
  Type: "AWS::StepFunctions::StateMachine",
  Properties: { StateMachineName: "feed", DefinitionString: "{}", RoleArn: "arn:aws:iam::0:role/r", ...overrides },
});

test("a state machine is declared, with the names that AWS gives it", async () => {
  const { system } = await aLocalSystem({
    Resources: { Machine: aStateMachine() },
    Outputs: {
      Ref: { Value: { Ref: "Machine" } },
      Name: { Value: { "Fn::GetAtt": ["Machine", "Name"] } },
    },
  });
  const Ref = "arn:aws:states:us-east-1:000000000000:stateMachine:feed";
  expect(system.outputs).toEqual({ Ref, Name: "feed" });
});

test("starting an execution is refused, with what to do instead", async () => {
  const { system } = await aLocalSystem({ Resources: { Machine: aStateMachine() } });
  const sfn = new SFNClient({
    endpoint: system.endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
  });
  await expect(sfn.send(new StartExecutionCommand({ stateMachineArn: "arn" }))).rejects.toThrow(
    /does not serve StartExecution.*--direct/,
  );
});

test.each([
  ["a definition that is not JSON", { DefinitionString: "{" }, /Machine .*DefinitionString: it is not JSON/],
  ["a definition that refers to nothing", { DefinitionString: { Ref: "Gone" } }, /Machine .*Gone/],
])("%s is refused as the system starts", async (_what, overrides, message) => {
  await expect(aLocalSystem({ Resources: { Machine: aStateMachine(overrides) } })).rejects.toThrow(message);
});
