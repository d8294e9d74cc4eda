import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { expect, test } from "@jest/globals";
import type { Outage } from "#local/endpoint/outages.ts";
import { aDynamoDbClient } from "./support/a-dynamodb-client.ts";
import { aLocalSystem } from "./support/a-local-system.ts";
import { aTable } from "./support/a-table.ts";

const put = (key: string) => new PutItemCommand({ TableName: "state", Item: { key: { S: key } } });
const keys = (items: readonly Readonly<Record<string, unknown>>[]) => items.map(({ key }) => key);

test.each<[Outage, object, readonly string[]]>([
  ["unavailable", { name: "ServiceUnavailable", $metadata: { httpStatusCode: 503 } }, []],
  ["unreachable", { message: expect.stringContaining("socket hang up") }, []],
  ["answers-lost", { message: expect.stringContaining("socket hang up") }, ["a"]],
])("a service that is %s fails for everybody until the outage ends", async (outage, failure, done) => {
  const { system } = await aLocalSystem({ Resources: { Table: aTable() } });
  const dynamodb = aDynamoDbClient(system);
  system.beginOutage("dynamodb", outage);
  await expect(dynamodb.send(put("a"))).rejects.toMatchObject(failure);
  await expect(system.tableItems("state")).rejects.toThrow();
  system.endOutage("dynamodb");
  expect(keys(await system.tableItems("state"))).toEqual(done);
  await dynamodb.send(put("b"));
  expect(keys(await system.tableItems("state")).toSorted()).toEqual([...done, "b"]);
});

test("a service that is silent leaves its callers waiting, and does nothing", async () => {
  const { system } = await aLocalSystem({ Resources: { Table: aTable() } });
  const dynamodb = aDynamoDbClient(system);
  system.beginOutage("dynamodb", "silent");
  await expect(dynamodb.send(put("a"), { abortSignal: AbortSignal.timeout(200) })).rejects.toMatchObject({
    name: "AbortError",
  });
  system.endOutage("dynamodb");
  expect(await system.tableItems("state")).toEqual([]);
});

test("the other services go on", async () => {
  const Resources = { Table: aTable(), Queue: { Type: "AWS::SQS::Queue", Properties: { QueueName: "work" } } };
  const { system, sqs } = await aLocalSystem({ Resources });
  system.beginOutage("dynamodb", "unreachable");
  const QueueUrl = system.queueUrls["work"];
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }));
  expect(Attributes).toEqual({ QueueArn: "arn:aws:sqs:us-east-1:000000000000:work" });
});

test("a system stops during an outage too", async () => {
  const { system } = await aLocalSystem({ Resources: { Table: aTable() } });
  system.beginOutage("dynamodb", "silent");
  const waiting = aDynamoDbClient(system)
    .send(put("a"))
    .catch((error: unknown) => error);
  await system.stop();
  expect(await waiting).toBeInstanceOf(Error);
});
