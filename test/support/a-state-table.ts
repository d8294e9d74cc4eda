import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { startDynalite } from "#local/dynalite/start-dynalite.ts";
import { Outages } from "#local/endpoint/outages.ts";

/** A state table in memory, behind a server on 127.0.0.1. */
export interface RunningStateTable {
  readonly dynamodb: DynamoDBClient;
  readonly tableName: string;
  /** Of the service `dynamodb`. */
  readonly outages: Outages;
  stop(): Promise<void>;
}

type ClientSettings = ConstructorParameters<typeof DynamoDBClient>[0];

/** Makes an empty state table. Its client makes one attempt, unless it is set otherwise. */
export async function aStateTable(settings: ClientSettings = {}): Promise<RunningStateTable> {
  const outages = new Outages();
  const { endpoint, close } = await listening(outages.guard("dynamodb", startDynalite()));
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const dynamodb = new DynamoDBClient({ endpoint, region: "us-east-1", credentials, maxAttempts: 1, ...settings });
  const tableName = "contact-requests-state";
  await dynamodb.send(
    new CreateTableCommand({
      TableName: tableName,
      KeySchema: [{ AttributeName: "key", KeyType: "HASH" }],
      AttributeDefinitions: [{ AttributeName: "key", AttributeType: "S" }],
      BillingMode: "PAY_PER_REQUEST",
    }),
  );
  return {
    dynamodb,
    tableName,
    outages,
    stop: async () => {
      dynamodb.destroy();
      await close();
    },
  };
}

async function listening(listener: RequestListener): Promise<{ endpoint: string; close: () => Promise<void> }> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  const bound = server.address();
  if (typeof bound !== "object" || bound === null) throw new Error("The server has no port.");
  return {
    endpoint: `http://127.0.0.1:${bound.port}`,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
