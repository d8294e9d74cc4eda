import { once } from "node:events";
import { connect } from "node:net";
import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, test } from "@jest/globals";
import { aDynamoDbClient } from "./support/a-dynamodb-client.ts";
import { aLocalSystem } from "./support/a-local-system.ts";
import { aTable } from "./support/a-table.ts";
import { until } from "./support/until.ts";

const put = (key: string, more: Readonly<Record<string, { S: string }>> = {}) =>
  new PutItemCommand({
    TableName: "state",
    Item: { key: { S: key }, ...more },
    ConditionExpression: "attribute_not_exists(#key)",
    ExpressionAttributeNames: { "#key": "key" },
  });

test("a table of the template can be used as soon as the system runs, with its conditions", async () => {
  const { system } = await aLocalSystem({
    Resources: { Table: aTable() },
    Outputs: { Name: { Value: { Ref: "Table" } }, Arn: { Value: { "Fn::GetAtt": ["Table", "Arn"] } } },
  });
  expect(system.outputs).toEqual({ Name: "state", Arn: "arn:aws:dynamodb:us-east-1:000000000000:table/state" });
  const dynamodb = aDynamoDbClient(system);
  await dynamodb.send(put("a", { colour: { S: "blue" } }));
  await expect(dynamodb.send(put("a"))).rejects.toMatchObject({ name: "ConditionalCheckFailedException" });
  const { Item } = await dynamodb.send(new GetItemCommand({ TableName: "state", Key: { key: { S: "a" } } }));
  expect(Item).toEqual({ key: { S: "a" }, colour: { S: "blue" } });
});

test("what protects a table from days and people has no meaning here, and is accepted", async () => {
  const { system } = await aLocalSystem({
    Resources: {
      Table: aTable({
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { SSEEnabled: true, SSEType: "KMS" },
        TimeToLiveSpecification: { AttributeName: "keptUntil", Enabled: true },
      }),
    },
  });
  expect(await system.tableItems("state")).toEqual([]);
});

test("a table without a name gets one from the stack", async () => {
  const { system } = await aLocalSystem({
    Resources: { Table: aTable({ TableName: undefined }) },
    Outputs: { Name: { Value: { Ref: "Table" } } },
  });
  expect(system.outputs["Name"]).toMatch(/^Test-Table-[0-9A-F]{12}$/);
  expect(await system.tableItems(system.outputs["Name"] ?? "")).toEqual([]);
});

test("tests can look at every item, also beyond one page of a scan", async () => {
  const { system } = await aLocalSystem({ Resources: { Table: aTable() } });
  const dynamodb = aDynamoDbClient(system);
  const large = { S: "x".repeat(300_000) };
  for (const key of ["a", "b", "c", "d", "e"]) await dynamodb.send(put(key, { large }));
  const items = await system.tableItems("state");
  expect(items.map((item) => item["key"]).toSorted()).toEqual(["a", "b", "c", "d", "e"]);
  expect(items[0]).toHaveProperty("large", large.S);
});

test("two systems have tables of their own", async () => {
  const [one, other] = [
    await aLocalSystem({ Resources: { T: aTable() } }),
    await aLocalSystem({ Resources: { T: aTable() } }),
  ];
  await aDynamoDbClient(one.system).send(put("a"));
  expect(await other.system.tableItems("state")).toEqual([]);
});

describe("a caller that is killed does not end the system:", () => {
  const head = (length: number) =>
    [
      "POST / HTTP/1.1",
      "Host: local",
      "Authorization: AWS4-HMAC-SHA256 Credential=k/20261120/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0",
      "X-Amz-Date: 20261120T120000Z",
      "X-Amz-Target: DynamoDB_20120810.PutItem",
      "Content-Type: application/x-amz-json-1.0",
      `Content-Length: ${length}`,
      "",
      "",
    ].join("\r\n");
  const body = JSON.stringify({ TableName: "state", Item: { key: { S: "a" } } });

  const broken = async (endpoint: string, sent: string) => {
    const socket = connect(Number(new URL(endpoint).port), "127.0.0.1");
    socket.on("error", () => undefined);
    await once(socket, "connect");
    socket.write(sent);
    return socket;
  };

  test("while it writes its request, of which nothing is done", async () => {
    const { system } = await aLocalSystem({ Resources: { Table: aTable() } });
    const socket = await broken(system.endpoint, head(body.length) + body.slice(0, -5));
    // The endpoint has begun to read: another request on another connection came after it.
    await system.tableItems("state");
    socket.resetAndDestroy();
    expect(await system.tableItems("state")).toEqual([]);
  });

  test("while it waits for the answer, and what it asked for is done", async () => {
    const { system } = await aLocalSystem({ Resources: { Table: aTable() } });
    const socket = await broken(system.endpoint, head(body.length) + body);
    socket.destroySoon();
    await until("the item", async () => (await system.tableItems("state")).length === 1);
  });
});
