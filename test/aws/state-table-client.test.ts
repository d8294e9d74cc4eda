import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { GetItemCommand } from "@aws-sdk/client-dynamodb";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { stateTableClient } from "#shared/aws/state-table-client.ts";

const environment = { ...process.env };
let attempts = 0;
let silent: Server;

beforeEach(async () => {
  attempts = 0;
  silent = createServer(() => {
    attempts += 1;
  }).listen(0, "127.0.0.1");
  await once(silent, "listening");
  const bound = silent.address();
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${typeof bound === "object" ? bound?.port : bound}`,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
  });
});

afterEach(() => {
  silent.closeAllConnections();
  silent.close();
  process.env = { ...environment };
});

test("a table that never answers is given up after two attempts of a second", async () => {
  const client = stateTableClient();
  const giveUpMs = 5_000;
  await expect(
    client.send(new GetItemCommand({ TableName: "t", Key: { key: { S: "k" } } }), {
      abortSignal: AbortSignal.timeout(giveUpMs),
    }),
  ).rejects.toMatchObject({ name: "TimeoutError" });
  expect(attempts).toBe(2);
  client.destroy();
});
