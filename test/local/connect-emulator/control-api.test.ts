import { CreateContactCommand } from "@aws-sdk/client-connect";
import { describe, expect, test } from "@jest/globals";
import { control } from "./raw-call.ts";
import { aTask, INSTANCE_ID } from "./requests.ts";
import { startedEmulator } from "./started-emulator.ts";

describe("GET /_local/contacts", () => {
  test("lists what was made, oldest first, with everything that a test counts", async () => {
    const { address, client } = await startedEmulator({ now: () => Date.parse("2026-11-20T09:00:00Z") });
    const { ContactId } = await client.send(new CreateContactCommand(aTask({ ClientToken: "token-1" })));
    await client.send(new CreateContactCommand(aTask({ ClientToken: "token-2" })));
    await client.send(new CreateContactCommand(aTask({ ClientToken: "token-1" })));

    expect((await control(address, "GET contacts")).body).toEqual([
      {
        operation: "CreateContact",
        instanceId: INSTANCE_ID,
        contactId: ContactId,
        kind: "task",
        clientToken: "token-1",
        input: aTask({ ClientToken: "token-1" }),
        at: "2026-11-20T09:00:00.000Z",
        timesAsked: 2,
        open: true,
      },
      expect.objectContaining({ clientToken: "token-2", timesAsked: 1 }),
    ]);
  });

  test.each(["-1", "abc", "1.5"])("refuses ?since=%s", async (since) => {
    const { address } = await startedEmulator();

    expect(await control(address, `GET contacts?since=${since}`)).toEqual({
      status: 400,
      body: { message: "since must be a whole number: how many contacts to leave out" },
    });
  });

  test("leaves out the first ones, with ?since=", async () => {
    const { address, client } = await startedEmulator();
    for (const ClientToken of ["a", "b", "c"]) await client.send(new CreateContactCommand(aTask({ ClientToken })));

    expect((await control(address, "GET contacts?since=2")).body).toEqual([
      expect.objectContaining({ clientToken: "c" }),
    ]);
    expect((await control(address, "GET contacts?since=3")).body).toEqual([]);
  });
});

test("GET /_local/stats says what the emulator's stats() says", async () => {
  const { address, client, emulator } = await startedEmulator();
  await client.send(new CreateContactCommand(aTask()));

  const { body } = await control(address, "GET stats");

  expect(body).toEqual(emulator.stats());
  expect(body).toMatchObject({
    operations: { CreateContact: { calls: 1, contacts: 1, answers: { "200": 1 } }, StopContact: { calls: 0 } },
    openContacts: { task: 1 },
  });
});

describe("the clock", () => {
  test("moves by an offset, and what follows happens then", async () => {
    const { address, client, emulator } = await startedEmulator({ now: () => 0 });
    const task = new CreateContactCommand(aTask({ ClientToken: "token-1" }));

    await client.send(task);
    const moved = await control(address, "POST clock", { offsetMs: 8 * 24 * 60 * 60 * 1000 });
    await client.send(task);

    expect(moved.body).toEqual({ now: "1970-01-09T00:00:00.000Z", offsetMs: 691_200_000 });
    expect(emulator.contacts().map(({ at }) => at)).toEqual(["1970-01-01T00:00:00.000Z", "1970-01-09T00:00:00.000Z"]);
  });

  test("is set to a time, and goes on from there", async () => {
    let nowMs = 5_000_000;
    const { address } = await startedEmulator({ now: () => nowMs });

    await control(address, "POST clock", { now: "2026-12-01T10:00:00+01:00" });
    nowMs += 1500;

    expect((await control(address, "GET clock")).body).toMatchObject({ now: "2026-12-01T09:00:01.500Z" });
  });

  test("can be set back", async () => {
    const { address, client, emulator } = await startedEmulator({ now: () => 1_000_000 });

    await control(address, "POST clock", { offsetMs: -1_000_000 });
    await client.send(new CreateContactCommand(aTask()));

    expect(emulator.contacts()[0]?.at).toBe("1970-01-01T00:00:00.000Z");
  });

  test.each([
    [{}],
    [{ offsetMs: 1, now: "2026-12-01T09:00:00Z" }],
    [{ now: "tomorrow" }],
    [{ offsetMs: "1" }],
    [{ offset: 1 }],
    [{ offsetMs: 1e300 }],
  ])("refuses %j and says what it takes", async (body) => {
    const { address } = await startedEmulator();

    expect(await control(address, "POST clock", body)).toEqual({
      status: 400,
      body: { message: expect.stringContaining('{"offsetMs": milliseconds}') },
    });
  });
});

describe("POST /_local/settings", () => {
  test("changes what it names, keeps the rest, and counts from the next call on", async () => {
    const { address, client } = await startedEmulator();

    const { status, body } = await control(address, "POST settings", {
      caps: { task: 0 },
      quota: { all: { burst: 7 }, StopContact: { burst: 8 } },
      instanceIds: [`arn:aws:connect:us-east-1:000000000000:instance/${INSTANCE_ID}`],
    });

    expect(status).toBe(200);
    expect(body).toMatchObject({
      caps: { chat: 500, email: 1000, task: 0 },
      quota: {
        CreateContact: { ratePerSecond: 100_000, burst: 7 },
        StopContact: { ratePerSecond: 100_000, burst: 8 },
      },
      instanceIds: [INSTANCE_ID],
      repeatedToken: "same-contact",
    });
    expect((await control(address, "GET settings")).body).toEqual(body);
    await expect(client.send(new CreateContactCommand(aTask()))).rejects.toMatchObject({
      name: "ServiceQuotaExceededException",
    });
  });

  test.each<[unknown, string]>([
    [{ repeatedToken: "sometimes" }, "repeatedToken"],
    [{ caps: { voice: 1 } }, "voice"],
    [{ caps: { task: -1 } }, "caps.task"],
    [{ quota: { CreateContact: { rate: 1 } } }, "rate"],
    [{ qota: {} }, "qota"],
    ["text", "expected object"],
  ])("refuses %j, changes nothing, and lists the settings", async (changes, named) => {
    const { address, emulator } = await startedEmulator();
    const before = (await control(address, "GET settings")).body;

    const { status, body } = await control(address, "POST settings", changes);

    expect(status).toBe(400);
    expect(body).toEqual({ message: expect.stringContaining(named) });
    expect(body).toEqual({ message: expect.stringMatching(/Settings are quota, caps, repeatedToken/) });
    expect((await control(address, "GET settings")).body).toEqual(before);
    expect(() => emulator.configure(Object(changes))).toThrow("Settings are");
  });
});

describe("the control paths", () => {
  test("answer an unknown one with a list of those there are", async () => {
    const { address } = await startedEmulator();

    const { status, body } = await control(address, "GET nothing");

    expect(status).toBe(404);
    expect(body).toEqual({ message: expect.stringContaining("POST /_local/faults") });
  });

  test("refuse a body that is not JSON", async () => {
    const { address } = await startedEmulator();

    const response = await fetch(`${address}/_local/faults`, { method: "POST", body: "{" });

    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ message: "The body is not JSON" });
  });
});
