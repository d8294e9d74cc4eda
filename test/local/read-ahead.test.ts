import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { readAhead } from "#local/endpoint/read-ahead.ts";

const LIMIT_BYTES = 1_000_000;

/** What was read ahead, and what whoever serves the request then reads. */
interface Seen {
  readonly ahead: string;
  readonly served: string;
}

let port: number;
let brokenOff: Promise<void>;
let called = 0;
const server = createServer((incoming, response) => {
  brokenOff = new Promise((resolve) => incoming.once("close", resolve));
  readAhead(incoming, LIMIT_BYTES, {
    complete: (body) => {
      called += 1;
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("end", () => {
        const seen: Seen = { ahead: body.toString(), served: Buffer.concat(chunks).toString() };
        response.end(JSON.stringify(seen));
      });
    },
    tooLarge: () => response.writeHead(413).end(),
  });
});

beforeEach(async () => {
  called = 0;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  port = (server.address() as AddressInfo).port;
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
});

const post = async (body: string | ReadableStream, init: RequestInit = {}) =>
  await fetch(`http://127.0.0.1:${port}`, { method: "POST", body, ...init });

describe("a body that was read ahead is there as if nobody had read it", () => {
  test.each([
    ["none", ""],
    ["a short one", "grüße 👍"],
    ["one of many chunks", "x".repeat(LIMIT_BYTES)],
  ])("%s", async (_which, body) => {
    expect(await (await post(body)).json()).toEqual({ ahead: body, served: body });
  });

  test.each([
    ["without a length", ["ab", "cd"]],
    ["without a length, and empty", []],
  ])("%s", async (_which, parts) => {
    const stream = new ReadableStream({
      start: (controller) => {
        for (const part of parts) controller.enqueue(new TextEncoder().encode(part));
        controller.close();
      },
    });
    const answer = await post(stream, { duplex: "half" });
    expect(await answer.json()).toEqual({ ahead: parts.join(""), served: parts.join("") });
  });

  test("one after the other on the same connection", async () => {
    for (const body of ["1", "22", ""]) expect(await (await post(body)).json()).toEqual({ ahead: body, served: body });
  });
});

test("a body over the limit is not kept", async () => {
  expect((await post("x".repeat(LIMIT_BYTES + 1))).status).toBe(413);
});

test("a request that breaks off is nobody's", async () => {
  const client = request({ port, method: "POST", headers: { "content-length": "10" } });
  client.on("error", () => undefined);
  client.write("half");
  await once(server, "request");
  client.destroy();
  await brokenOff;
  expect(called).toBe(0);
});
