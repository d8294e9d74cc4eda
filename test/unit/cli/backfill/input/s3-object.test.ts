import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { expect, test } from "@jest/globals";
import { s3Object } from "#cli/backfill/input/s3-object.ts";

const ignore = (): void => undefined;
const logger = { trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore };

/** What is read of an object from a server on this machine that answers so, and how that ends. */
async function readFrom(answer: RequestListener, idleMs: number) {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  const bound = server.address();
  if (typeof bound !== "object" || bound === null) throw new Error("The server has no port.");
  const endpoint = `http://127.0.0.1:${bound.port}`;
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const client = { logger, endpoint, region: "us-east-1", credentials };
  let text = "";
  try {
    for await (const chunk of s3Object("s3://rows/some.csv", { client, endpoint }, idleMs))
      text += Buffer.from(chunk).toString();
    return { text };
  } catch (error) {
    return { text, error };
  } finally {
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    await closed;
  }
}

test("an object is its bytes", async () => {
  expect(await readFrom((_request, response) => response.end("id\n1\n"), 5_000)).toEqual({ text: "id\n1\n" });
});

test("an object that stops coming ends with a sentence, and is not waited for without end", async () => {
  const half: RequestListener = (_request, response) => {
    response.writeHead(200, { "content-length": "1000" }).write("id\n1\n");
  };
  expect(await readFrom(half, 200)).toMatchObject({
    text: "id\n1\n",
    error: {
      name: "CommandError",
      message: expect.stringMatching(/^AWS did not read s3:\/\/rows\/some\.csv \((TimeoutError|ECONNRESET): /),
    },
  });
});
