import { describe, expect, test } from "@jest/globals";
import { aLocalSystem } from "./support/a-local-system.ts";
import { aTable } from "./support/a-table.ts";
import { aWorker } from "./support/a-worker.ts";

const queue = (Properties: Record<string, unknown>) => ({ Type: "AWS::SQS::Queue", Properties });
const worker = (overrides: Parameters<typeof aWorker>[1]) =>
  aWorker("export const handler = async () => {};", overrides);
const table = (Properties: Record<string, unknown>) => aTable({ TableName: undefined, ...Properties });
const getAtt = (...path: string[]) => ({ "Fn::GetAtt": path });
const arn = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;

describe("what the runner cannot do as AWS would is an error that names the resource, its type and the reason", () => {
  test.each<[string, Parameters<typeof aLocalSystem>[0], RegExp]>([
    ["an unknown type", { Resources: { Vpc: { Type: "AWS::EC2::VPC" } } }, /Vpc \(AWS::EC2::VPC\): .* resource type/],
    ["a custom resource", { Resources: { C: { Type: "Custom::X" } } }, /C \(Custom::X\)/],
    ["an unknown property", { Resources: { Q: queue({ Colour: 1 }) } }, /Q \(AWS::SQS::Queue\): .* property Colour/],
    ["a FIFO queue", { Resources: { Q: queue({ FifoQueue: true }) } }, /Q \(AWS::SQS::Queue\): .* property FifoQueue/],
    [
      "an unknown nested member",
      { Resources: { Q: queue({ RedrivePolicy: { deadLetterTargetArn: "a", maxReceiveCount: 3, x: 1 } }) } },
      /Q .*RedrivePolicy.*"x"/,
    ],
    [
      "a value out of range",
      { Resources: { Q: queue({ VisibilityTimeout: 43_201 }) } },
      /Q .*VisibilityTimeout.*43200/,
    ],
    [
      "an unknown resource in Ref",
      { Resources: { Q: queue({ QueueName: { Ref: "Nobody" } }) } },
      /Q \(AWS::SQS::Queue\): .*no resource or parameter Nobody/,
    ],
    [
      "an unknown attribute",
      { Resources: { A: queue({}), B: queue({ KmsMasterKeyId: getAtt("A", "Colour") }) } },
      /B .*A has no attribute Colour.*Arn, QueueName, QueueUrl/,
    ],
    [
      "an unknown attribute where the property has no meaning here",
      { Resources: { A: queue({ Tags: [{ Key: "a", Value: getAtt("A2", "Arn") }] }) } },
      /A .*no resource or parameter A2/,
    ],
    [
      "a circle",
      {
        Resources: {
          A: queue({ QueueName: getAtt("B", "QueueName") }),
          B: queue({ QueueName: getAtt("A", "QueueName") }),
        },
      },
      /A → B → A/,
    ],
    [
      "a dead-letter queue that does not exist",
      { Resources: { Q: queue({ RedrivePolicy: { deadLetterTargetArn: arn("gone"), maxReceiveCount: 3 } }) } },
      /Q .*no queue arn:aws:sqs:us-east-1:000000000000:gone/,
    ],
    [
      "a dead-letter queue that shuts the source out",
      {
        Resources: {
          Dead: queue({ RedriveAllowPolicy: { redrivePermission: "byQueue", sourceQueueArns: [arn("other")] } }),
          Q: queue({
            QueueName: "q",
            RedrivePolicy: { deadLetterTargetArn: getAtt("Dead", "Arn"), maxReceiveCount: 3 },
          }),
        },
      },
      /Q .*RedriveAllowPolicy/,
    ],
    [
      "two queues of one name",
      { Resources: { A: queue({ QueueName: "q" }), B: queue({ QueueName: "q" }) } },
      /B .*q is used twice/,
    ],
    [
      "an output that leads nowhere",
      { Resources: { Q: queue({}) }, Outputs: { Url: { Value: { Ref: "Gone" } } } },
      /output Url: .*Gone/,
    ],
    [
      "another runtime",
      worker({ lambda: { Runtime: "python3.14" } }),
      /Function \(AWS::Lambda::Function\): property Runtime.*nodejs24\.x/,
    ],
    ["a layer", worker({ lambda: { Layers: ["x"] } }), /Function .*property Layers/],
    [
      "code that is not in the assembly",
      worker({ lambda: { Code: { S3Bucket: "b", S3Key: "gone.zip" } } }),
      /Function .*gone\.zip/,
    ],
    ["inline code", worker({ lambda: { Code: { ZipFile: "x" } } }), /Function .*Code/],
    [
      "a table with capacities",
      { Resources: { T: table({ BillingMode: "PROVISIONED" }) } },
      /T \(AWS::DynamoDB::Table\): property BillingMode: only PAY_PER_REQUEST/,
    ],
    [
      "a table with an index",
      { Resources: { T: table({ GlobalSecondaryIndexes: [] }) } },
      /T .*property GlobalSecondaryIndexes/,
    ],
    [
      "a table whose key is not defined",
      { Resources: { T: table({ AttributeDefinitions: [] }) } },
      /T .*DynamoDB refuses the table/,
    ],
    [
      "two tables of one name",
      { Resources: { A: table({ TableName: "state" }), B: table({ TableName: "state" }) } },
      /B .*DynamoDB refuses the table state: ResourceInUseException/,
    ],
    ["an event filter", worker({ mapping: { FilterCriteria: {} } }), /Mapping .*FilterCriteria/],
    [
      "a visibility timeout below the function's timeout",
      worker({ queue: { VisibilityTimeout: 4 } }),
      /Mapping .*visibility timeout \(4 s\).*timeout \(5 s\)/,
    ],
    [
      "a large batch without a window",
      worker({ mapping: { BatchSize: 11 } }),
      /Mapping .*MaximumBatchingWindowInSeconds/,
    ],
    [
      "a concurrency that Lambda refuses",
      worker({ mapping: { ScalingConfig: { MaximumConcurrency: 1 } } }),
      /Mapping .*MaximumConcurrency/,
    ],
    [
      "a mapping to a function that does not exist",
      worker({ mapping: { FunctionName: "gone" } }),
      /Mapping .*no function gone/,
    ],
    [
      "a mapping of a queue in another Region",
      worker({ mapping: { EventSourceArn: arn("work").replace("us-east-1", "eu-west-1") } }),
      /Mapping .*no queue/,
    ],
    [
      "a mapping of a queue that does not exist",
      worker({ mapping: { EventSourceArn: arn("gone") } }),
      /Mapping .*no queue/,
    ],
  ])("%s", async (_name, content, message) => {
    await expect(aLocalSystem(content)).rejects.toThrow(message);
  });
});

test("all unknown resources and properties are named at once", async () => {
  const content = { Resources: { A: { Type: "AWS::EC2::VPC" }, B: queue({ Colour: 1, Shape: 2 }) } };
  await expect(aLocalSystem(content)).rejects.toThrow(/A \(AWS::EC2::VPC\)[\s\S]*Colour[\s\S]*Shape/);
});
