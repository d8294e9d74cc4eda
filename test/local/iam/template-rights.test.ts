import { SendMessageCommand, SetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { describe, expect, test } from "@jest/globals";
import { aLocalSystem } from "../support/a-local-system.ts";
import { aRole } from "../support/a-role.ts";
import { aWorker } from "../support/a-worker.ts";
import { until } from "../support/until.ts";
import { asFunction } from "./support/as-function.ts";

const CODE = `export const handler = async () => { console.log("at work"); };`;
const QUEUE = "arn:aws:sqs:us-east-1:000000000000:work";
const SEND = { Effect: "Allow", Action: "sqs:SendMessage", Resource: QUEUE };
const POLL = { Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"], Resource: "*" };
const LAMBDA = { Service: "lambda.amazonaws.com" };
const LOGS = { Action: "logs:*", Resource: "*" };
const ref = (logicalId: string) => ({ Ref: logicalId });

/** A worker whose role has these properties besides what polling takes, in a stack with these resources. */
function aWorkerWith(properties: Record<string, unknown>, resources: Record<string, unknown> = {}) {
  const role = aRole(POLL);
  const worker = aWorker(CODE, {
    role: { ...role, Properties: { ...role.Properties, ...properties } },
    mapping: { Enabled: false },
  });
  return { ...worker, Resources: { ...worker.Resources, ...resources } };
}

const policy = (Type: string, Properties: Record<string, unknown>) => ({
  Type,
  Properties: { PolicyDocument: { Statement: [SEND] }, ...Properties },
});

describe("a role has the rights of", () => {
  test.each<[string, Parameters<typeof aWorkerWith>]>([
    [
      "its own policies",
      [{ Policies: [{ PolicyName: "p", PolicyDocument: { Statement: [SEND, { ...POLL, Effect: "Allow" }] } }] }],
    ],
    ["a policy that names it", [{}, { P: policy("AWS::IAM::Policy", { PolicyName: "p", Roles: [ref("Role")] }) }]],
    ["a managed policy that names it", [{}, { P: policy("AWS::IAM::ManagedPolicy", { Roles: [ref("Role")] }) }]],
    [
      "a managed policy that it names",
      [{ ManagedPolicyArns: [ref("P")] }, { P: policy("AWS::IAM::ManagedPolicy", {}) }],
    ],
    [
      "the queue's policy, where that names it",
      [
        {},
        {
          P: {
            Type: "AWS::SQS::QueuePolicy",
            Properties: {
              Queues: [ref("Queue")],
              PolicyDocument: { Statement: [{ ...SEND, Principal: { AWS: { "Fn::GetAtt": ["Role", "Arn"] } } }] },
            },
          },
        },
      ],
    ],
  ])("%s", async (_whose, [properties, resources]) => {
    const { system } = await aLocalSystem(aWorkerWith(properties, resources));
    const { sqs } = asFunction(system);
    const QueueUrl = system.queueUrls["work"];
    await expect(sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "x" }))).resolves.toBeDefined();
  });

  test("no other", async () => {
    const { system } = await aLocalSystem(
      aWorkerWith({}, { P: policy("AWS::IAM::Policy", { PolicyName: "p", Roles: ["other"] }) }),
    );
    const { sqs } = asFunction(system);
    const QueueUrl = system.queueUrls["work"];
    await expect(sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "x" }))).rejects.toThrow("sqs:sendmessage");
  });
});

describe("an error of the template is", () => {
  test.each<[string, Parameters<typeof aLocalSystem>[0], RegExp]>([
    [
      "a policy that AWS manages",
      aWorkerWith({ ManagedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"] }),
      /Role \(AWS::IAM::Role\): .*service-role\/AWSLambdaBasicExecutionRole.*not in the template/,
    ],
    [
      "a boundary of permissions",
      aWorkerWith({ PermissionsBoundary: "arn:aws:iam::aws:policy/x" }),
      /PermissionsBoundary/,
    ],
    [
      "a role that Lambda cannot assume",
      aWorkerWith({
        AssumeRolePolicyDocument: {
          Statement: { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "states.amazonaws.com" } },
        },
      }),
      /Function .*property Role: .* cannot be assumed by lambda.amazonaws.com/,
    ],
    [
      "a role that Lambda is denied",
      aWorkerWith({
        AssumeRolePolicyDocument: {
          Statement: ["Allow", "Deny"].map((Effect) => ({ Effect, Action: "sts:AssumeRole", Principal: LAMBDA })),
        },
      }),
      /property Role: .* cannot be assumed by lambda.amazonaws.com/,
    ],
    [
      "a mapping whose function may not receive",
      aWorker(CODE, { role: aRole({ Action: ["sqs:DeleteMessage", "sqs:GetQueueAttributes"], Resource: "*" }) }),
      /Mapping .*AccessDenied: .* is not authorized to perform: sqs:ReceiveMessage on resource: .*:work because/,
    ],
    [
      "an operator that nobody knows here",
      aWorkerWith(
        {},
        {
          P: policy("AWS::IAM::Policy", {
            PolicyName: "p",
            PolicyDocument: { Statement: [{ ...SEND, Condition: { IpAddress: { "aws:SourceArn": "::1" } } }] },
          }),
        },
      ),
      /P \(AWS::IAM::Policy\): policy statement 1: .*operator IpAddress is not known/,
    ],
    [
      "a second policy for a queue",
      aWorkerWith(
        {},
        Object.fromEntries(
          ["P", "P2"].map((id) => [
            id,
            policy("AWS::SQS::QueuePolicy", {
              Queues: [ref("Queue")],
              PolicyDocument: { Statement: [{ ...SEND, Principal: "*" }] },
            }),
          ]),
        ),
      ),
      /P2 .*has a policy already/,
    ],
  ])("%s", async (_what, content, message) => {
    await expect(aLocalSystem(content)).rejects.toThrow(message);
  });
});

test("what a function writes is lost without the rights to its log, and that much is said once", async () => {
  const { system, sqs, lines } = await aLocalSystem(aWorker(CODE, { role: aRole(POLL) }));
  const QueueUrl = system.queueUrls["work"];
  for (const MessageBody of ["1", "2"]) await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  await until("both messages are done", () => {
    const depth = system.queueDepths()["work"];
    return depth?.visible === 0 && depth.inFlight === 0;
  });
  expect(lines).toEqual([
    expect.stringMatching(/^AccessDenied: .*logs:CreateLogStream on resource: .*What the function writes is lost/),
  ]);
});

test("what a function writes is seen with them", async () => {
  const { system, sqs, lines } = await aLocalSystem(aWorker(CODE, { role: aRole(POLL, LOGS) }));
  await sqs.send(new SendMessageCommand({ QueueUrl: system.queueUrls["work"], MessageBody: "1" }));
  await until("the line", () => lines.includes("at work"));
});

test("a right that is taken from the event source mapping while it runs shows as an error of its polling", async () => {
  const worker = aWorker(CODE, { role: aRole(POLL, LOGS) });
  const { system, sqs, lines } = await aLocalSystem(worker);
  const QueueUrl = system.queueUrls["work"];
  const Deny = { Effect: "Deny", Principal: "*", Action: "sqs:ReceiveMessage", Resource: "*" };
  await sqs.send(
    new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: JSON.stringify({ Statement: [Deny] }) } }),
  );
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "1" }));
  await until("the error", () =>
    lines.some((line) => /cannot poll: AccessDenied: .*explicit deny in a resource-based/.test(line)),
  );
});
