import { createServer } from "node:http";
import { CreateContactCommand } from "@aws-sdk/client-connect";
import { describe, expect, test } from "@jest/globals";
import { createConnectEmulator } from "#local/connect-emulator/connect-emulator.ts";
import { startConnectEmulator } from "#local/connect-emulator/start-connect-emulator.ts";
import { control, rawCall } from "./raw-call.ts";
import { aTask } from "./requests.ts";
import { startedEmulator } from "./started-emulator.ts";

describe("a server of its own", () => {
  test("listens on 127.0.0.1 only", async () => {
    const { address } = await startedEmulator();

    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  test("stops at once, whoever still waits for an answer, and can be stopped twice", async () => {
    const { address, emulator, stop } = await startConnectEmulator({
      faults: { all: { silentAnswer: { next: 1 }, delayBefore: { every: 2, minMs: 600_000, maxMs: 600_000 } } },
    });
    const silent = rawCall(address, { body: JSON.stringify(aTask()) }).catch(() => "no answer");
    while (emulator.contacts().length === 0) await new Promise((resolve) => setImmediate(resolve));
    const slow = rawCall(address, { body: JSON.stringify(aTask()) }).catch(() => "no answer");
    while (emulator.stats().operations.CreateContact.calls < 2) await new Promise((resolve) => setImmediate(resolve));

    const fromMs = performance.now();
    await stop();
    await stop();

    expect(performance.now() - fromMs).toBeLessThan(10_000);
    expect([await silent, await slow]).toEqual(["no answer", "no answer"]);
    await expect(fetch(address)).rejects.toThrow();
  });

  test("says so when its port is taken", async () => {
    const { address } = await startedEmulator();

    await expect(startConnectEmulator({ port: Number(new URL(address).port) })).rejects.toThrow("EADDRINUSE");
  });

  test("serves many callers at once, each contact once", async () => {
    const { client, emulator } = await startedEmulator({ settings: { caps: { task: 10_000 } } });

    await Promise.all(
      Array.from({ length: 400 }, (_, call) =>
        client.send(new CreateContactCommand(aTask({ ClientToken: `token-${call % 200}` }))),
      ),
    );

    expect(emulator.contacts().map(({ timesAsked }) => timesAsked)).toEqual(new Array(200).fill(2));
  });
});

test("mounted in another server it answers Connect's paths and its own", async () => {
  const emulator = createConnectEmulator();
  const host = createServer((request, response) => emulator.handle(request, response));
  await new Promise<void>((resolve) => host.listen(0, "127.0.0.1", resolve));
  const bound = host.address();
  const address = `http://127.0.0.1:${typeof bound === "object" ? bound?.port : ""}`;
  try {
    expect(await rawCall(address, { body: JSON.stringify(aTask()) })).toMatchObject({ status: 200 });
    expect((await control(address, "GET contacts")).body).toHaveLength(1);
  } finally {
    host.closeAllConnections();
    host.close();
  }
});
