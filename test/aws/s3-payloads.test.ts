import { S3Client } from "@aws-sdk/client-s3";
import { afterEach, describe, expect, test } from "@jest/globals";
import { S3Payloads } from "#shared/aws/s3-payloads.ts";
import { anEndlessServer } from "#test/support/an-endless-server.ts";
import { aRoteServer, clientFor, type HttpAnswer, type RoteServer } from "#test/support/http-answers.ts";

const BUCKET = "payloads";
const MIB = 1_048_576;

let server: RoteServer | undefined;

afterEach(async () => {
  await server?.stop();
});

async function somePayloads(...answers: readonly HttpAnswer[]): Promise<S3Payloads> {
  server = await aRoteServer(answers);
  return payloadsAt(server);
}

const payloadsAt = (at: { readonly address: string }): S3Payloads =>
  new S3Payloads(new S3Client({ ...clientFor(at), forcePathStyle: true, maxAttempts: 1 }), BUCKET);

const sized = (bytes: number): HttpAnswer => ({ status: 200, headers: { "content-length": String(bytes) } });
const holding = (body: string | Buffer): HttpAnswer => ({ status: 200, body });
const refused = (code: string, status: number): HttpAnswer => ({
  status,
  headers: { "content-type": "application/xml" },
  body: `<Error><Code>${code}</Code><Message>No.</Message></Error>`,
});

describe("a payload", () => {
  test("is the text of its object", async () => {
    const payloads = await somePayloads(sized(5), holding("Käse"));
    expect(await payloads.read({ bucket: BUCKET, key: "a" })).toMatchObject({ ok: true, value: { text: "Käse" } });
  });

  test.each<[string, string, HttpAnswer[], string]>([
    ["in another bucket is never asked for", "a", [], "PayloadNotOurs"],
    ["under an empty key is never asked for", "", [], "PayloadNotFound"],
    ["under a key that S3 does not take is never asked for", "k".repeat(1_025), [], "PayloadNotFound"],
    ["above its folder is never asked for", "a/../b", [], "PayloadNotFound"],
    ["under a key that no URL can name is never asked for", "\ud800", [], "PayloadNotFound"],
    ["that is gone says so", "a", [refused("NoSuchKey", 404)], "PayloadNotFound"],
    ["over 32 MiB is not read", "a", [sized(32 * MIB + 1)], "PayloadTooLarge"],
    ["that is archived says so", "a", [sized(5), refused("InvalidObjectState", 400)], "PayloadUnreadable"],
    ["that is not UTF-8 is not mended", "a", [sized(4), holding(Buffer.from("K\xe4se", "latin1"))], "PayloadNotUtf8"],
  ])("%s", async (_claim, key, answers, code) => {
    const payloads = await somePayloads(...answers);
    const bucket = code === "PayloadNotOurs" ? "another" : BUCKET;
    expect(await payloads.read({ bucket, key })).toMatchObject({ ok: false, error: { code, kind: "invalid" } });
    expect(server?.requests).toHaveLength(answers.length);
  });

  test.each([
    ["a missing right", 403],
    ["a throttle", 429],
    ["a fault of S3", 500],
  ])("is not given up for %s", async (_what, status) => {
    const payloads = await somePayloads(refused("Trouble", status));
    await expect(payloads.read({ bucket: BUCKET, key: "a" })).rejects.toThrow();
  });

  test("over 1 MiB waits until the one before it is done with, and a small one does not", async () => {
    const large = "x".repeat(MIB + 1);
    const payloads = await somePayloads(
      sized(MIB + 1),
      holding(large),
      sized(MIB + 1),
      sized(5),
      holding("small"),
      holding(large),
    );
    const first = await payloads.read({ bucket: BUCKET, key: "first" });
    let secondCame = false;
    const second = payloads.read({ bucket: BUCKET, key: "second" }).then((payload) => {
      secondCame = true;
      return payload;
    });
    while ((server?.requests.length ?? 0) < 3) await new Promise(setImmediate);
    expect(await payloads.read({ bucket: BUCKET, key: "small" })).toMatchObject({ ok: true, value: { text: "small" } });
    expect(secondCame).toBe(false);
    if (first.ok) first.value.release();
    expect(await second).toMatchObject({ ok: true });
  });

  test("that could not be read makes room for the next one", async () => {
    const payloads = await somePayloads(sized(MIB + 1), refused("Trouble", 500), sized(MIB + 1), holding("x"));
    await expect(payloads.read({ bucket: BUCKET, key: "first" })).rejects.toThrow();
    expect(await payloads.read({ bucket: BUCKET, key: "second" })).toMatchObject({ ok: true });
  });

  test("that has grown over 1 MiB since it was looked at is read as a large one", async () => {
    const large = "x".repeat(MIB + 1);
    const payloads = await somePayloads(sized(5), holding(large), holding(large), sized(MIB + 1), holding("next"));
    const grown = await payloads.read({ bucket: BUCKET, key: "grown" });
    expect(grown).toMatchObject({ ok: true, value: { text: large } });
    let nextCame = false;
    const next = payloads.read({ bucket: BUCKET, key: "next" }).then((payload) => {
      nextCame = true;
      return payload;
    });
    while ((server?.requests.length ?? 0) < 4) await new Promise(setImmediate);
    await payloads.read({ bucket: "another", key: "a" });
    expect(nextCame).toBe(false);
    if (grown.ok) grown.value.release();
    expect(await next).toMatchObject({ ok: true });
  });

  test("that is larger than S3 has said is read no further than 32 MiB", async () => {
    const source = await anEndlessServer(MIB + 1);
    try {
      expect(await payloadsAt(source).read({ bucket: BUCKET, key: "endless" })).toMatchObject({
        ok: false,
        error: { code: "PayloadTooLarge" },
      });
      await source.hungUp;
      // On top of what was read comes what was on its way.
      expect(source.bytesSent()).toBeLessThan(64 * MIB);
    } finally {
      await source.stop();
    }
  });
});
