import {
  GetParameterCommand,
  GetParametersCommand,
  ListTagsForResourceCommand,
  PutParameterCommand,
  SSMClient,
} from "@aws-sdk/client-ssm";
import { expect, test } from "@jest/globals";
import { aLocalSystem } from "#test/local/support/a-local-system.ts";

const aParameter = (overrides: Readonly<Record<string, unknown>> = {}) => ({
  Type: "AWS::SSM::Parameter",
  Properties: { Name: "/crm/settings", Type: "String", Value: "{}", ...overrides },
});

async function aClient(Resources: Readonly<Record<string, unknown>>): Promise<SSMClient> {
  const { system } = await aLocalSystem({ Resources });
  return new SSMClient({
    endpoint: system.endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
  });
}

const ARN = "arn:aws:ssm:us-east-1:000000000000:parameter/crm/settings";

test.each(["/crm/settings", "/crm/settings:1", ARN])(
  "a parameter of the template can be read by %s, its references resolved",
  async (Name) => {
    const ssm = await aClient({
      Queue: { Type: "AWS::SQS::Queue", Properties: { QueueName: "work" } },
      Parameter: aParameter({ Value: { "Fn::Join": ["", ['{"queue":"', { Ref: "Queue" }, '"}']] } }),
    });
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name }));
    expect(Parameter).toMatchObject({ Name: "/crm/settings", Type: "String", Version: 1, ARN, DataType: "text" });
    expect(Parameter?.LastModifiedDate).toBeInstanceOf(Date);
    expect(JSON.parse(Parameter?.Value ?? "").queue).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/000000000000\/work$/);
  },
);

test("a parameter that is not in the template is answered as AWS does, and is named", async () => {
  const ssm = await aClient({ Parameter: aParameter() });
  await expect(ssm.send(new GetParameterCommand({ Name: "/other/settings" }))).rejects.toMatchObject({
    name: "ParameterNotFound",
    message: expect.stringContaining("/other/settings"),
  });
});

test("of several, those that are there are given, and the others are named", async () => {
  const ssm = await aClient({ Parameter: aParameter({ Value: "one" }) });
  const answer = await ssm.send(new GetParametersCommand({ Names: ["/crm/settings", "gone"] }));
  expect(answer.Parameters?.map(({ Value }) => Value)).toEqual(["one"]);
  expect(answer.InvalidParameters).toEqual(["gone"]);
});

test.each([
  ["PutParameter", "nobody changes them while it runs", new PutParameterCommand({ Name: "a", Value: "b" })],
  [
    "what is not served",
    "It serves GetParameter and GetParameters",
    new ListTagsForResourceCommand({ ResourceType: "Parameter", ResourceId: "a" }),
  ],
])("%s is refused, with what to do instead", async (_what, sentence, command) => {
  const ssm = await aClient({ Parameter: aParameter() });
  await expect(ssm.send(command as PutParameterCommand)).rejects.toThrow(sentence);
});

test.each([
  ["a value that its tier does not take", { Value: "x".repeat(4_097) }, /property Value: 4097 bytes.*Standard.*4096/],
  ["a secret", { Type: "SecureString" }, /property Type/],
  ["an empty value", { Value: "" }, /property Value/],
])("%s is refused as the system starts", async (_what, overrides, message) => {
  await expect(aLocalSystem({ Resources: { Parameter: aParameter(overrides) } })).rejects.toThrow(message);
});

test("a larger value is taken by the tier that adapts itself", async () => {
  const Value = "x".repeat(8_192);
  const ssm = await aClient({ Parameter: aParameter({ Value, Tier: "Intelligent-Tiering" }) });
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: "/crm/settings" }));
  expect(Parameter?.Value).toHaveLength(8_192);
});

test("two parameters of one name are refused as the system starts", async () => {
  await expect(aLocalSystem({ Resources: { A: aParameter(), B: aParameter() } })).rejects.toThrow(
    /B .*\/crm\/settings is used twice/,
  );
});
