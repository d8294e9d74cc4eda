import { request } from "node:http";
import { CreateContactCommand } from "@aws-sdk/client-connect";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { rawCall, SIGNATURE } from "./raw-call.ts";
import { aTask, INSTANCE_ID } from "./requests.ts";
import { startedEmulator } from "./started-emulator.ts";

const nested = (levels: number): string =>
  ['{"ValueMap":{"a":'.repeat(levels), '{"ValueString":"x"}', "}}".repeat(levels)].join("");

describe("a body that is not the JSON of an object", () => {
  test.each<[string, string | Uint8Array<ArrayBuffer>]>([
    ["text", "hello"],
    ["truncated JSON", '{"InstanceId":"i"'],
    ["a list", "[]"],
    ["null", "null"],
    ["a string", '"text"'],
    ["bytes that are no UTF-8", new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
    ["two objects", "{}{}"],
    ["a million open brackets", "[".repeat(1_000_000)],
  ])("%s is answered with SerializationException", async (_case, body) => {
    const { address } = await startedEmulator();

    expect(await rawCall(address, { body })).toMatchObject({ status: 400, name: "SerializationException" });
  });

  test("no body at all is taken for a request without members", async () => {
    const { address } = await startedEmulator();

    const answer = await rawCall(address);

    expect(answer).toMatchObject({ status: 400, name: "InvalidRequestException" });
    expect(answer.text).toContain("Channel is required");
  });
});

describe("a body that is too large", () => {
  test("is answered with 413, and the connection can be used again", async () => {
    const { address, client, emulator } = await startedEmulator({ settings: { maxBodyBytes: 1000 } });

    const answer = await rawCall(address, { body: JSON.stringify(aTask({ Name: "x".repeat(1000) })) });
    await client.send(new CreateContactCommand(aTask()));

    expect(answer).toMatchObject({ status: 413, name: "RequestEntityTooLargeException" });
    expect(emulator.contacts()).toHaveLength(1);
  });

  test.each([
    [999, 413],
    [1000, 200],
  ])("is one of more than maxBodyBytes: with %i of 1,000 allowed the answer is %i", async (maxBodyBytes, status) => {
    const { address } = await startedEmulator({ settings: { maxBodyBytes } });
    const empty = JSON.stringify(aTask({ Name: "" }));

    const answer = await rawCall(address, {
      body: JSON.stringify(aTask({ Name: "x".repeat(1000 - empty.length) })),
    });

    expect(answer.status).toBe(status);
  });

  test("is answered before its end has come", async () => {
    const { address } = await startedEmulator({ settings: { maxBodyBytes: 1000 } });
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const call = request(`${address}/contact/create-contact`, {
        method: "PUT",
        headers: { authorization: SIGNATURE, "transfer-encoding": "chunked" },
      });
      call.on("error", reject);
      call.on("response", (response) => {
        resolve(response.statusCode);
        call.destroy();
      });
      call.write("x".repeat(2000));
    });

    expect(status).toBe(413);
  });
});

describe("a body that means harm", () => {
  test("nesting without end is refused by the rule that the emulator has for it", async () => {
    const { address } = await startedEmulator();
    const body = JSON.stringify(aTask()).replace("}", `,"SegmentAttributes":{"a":${nested(100_000)}}}`);

    const answer = await rawCall(address, { body });

    expect(answer).toMatchObject({ status: 400, name: "InvalidRequestException" });
    expect(answer.text).toContain("nested deeper than");
  });

  test("nesting in a member that the model does not know is dropped", async () => {
    const { address, emulator } = await startedEmulator();
    const body = JSON.stringify(aTask()).replace("}", `,"Unknown":${"[".repeat(100_000)}${"]".repeat(100_000)}}`);

    expect(await rawCall(address, { body })).toMatchObject({ status: 200 });
    expect(emulator.contacts()[0]?.input).toEqual(aTask());
  });

  test("the names of an object's own machinery are names like any other", async () => {
    const { address, emulator } = await startedEmulator();
    const body = JSON.stringify(aTask()).replace("}", ',"Attributes":{"__proto__":"a","constructor":"b"}}');

    expect(await rawCall(address, { body })).toMatchObject({ status: 200 });
    expect(Object.entries(Object(emulator.contacts()[0]?.input["Attributes"]))).toEqual([
      ["__proto__", "a"],
      ["constructor", "b"],
    ]);
    expect(await rawCall(address, { body: '{"__proto__":{"InstanceId":"i"}}' })).toMatchObject({ status: 400 });
  });

  test("a request with a thousand faults is answered with the first ten and their number", async () => {
    const { address } = await startedEmulator();
    const Attributes = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`key-${index}`, index]));

    const answer = await rawCall(address, { body: JSON.stringify({ ...aTask(), Attributes }) });

    expect(answer.text).toContain("1000 validation errors detected");
    expect(answer.text).toContain("Attributes.key-9 must be a string; …");
  });

  test("any JSON at all gets an answer that AWS gives, and the next good request still works", async () => {
    const { address, client } = await startedEmulator({ settings: { caps: { task: 10_000 } } });
    const anything = fc.oneof(
      fc.json({ maxDepth: 6 }),
      fc
        .record({ ...mutations(), Channel: fc.oneof(fc.constant("TASK"), fc.jsonValue()) })
        .map((body) => JSON.stringify(body)),
    );
    await fc.assert(
      fc.asyncProperty(anything, async (body) => {
        const { status, name } = await rawCall(address, { body });
        expect([null, "InvalidRequestException", "SerializationException"]).toContain(name);
        expect([200, 400]).toContain(status);
      }),
      { seed: 20_261_120, numRuns: 300 },
    );
    await expect(client.send(new CreateContactCommand(aTask()))).resolves.toHaveProperty("ContactId");
  });
});

const mutations = () => ({
  InstanceId: fc.oneof(fc.constant(INSTANCE_ID), fc.jsonValue()),
  InitiationMethod: fc.oneof(fc.constant("API"), fc.jsonValue()),
  References: fc.jsonValue(),
  SegmentAttributes: fc.jsonValue(),
  ExpiryDurationInMinutes: fc.jsonValue(),
  ClientToken: fc.jsonValue(),
});
