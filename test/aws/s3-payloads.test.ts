import { S3Client } from "@aws-sdk/client-s3";
import { afterEach, describe, expect, test } from "@jest/globals";
import { S3Payloads } from "#shared/aws/s3-payloads.ts";
import type { Failure } from "#shared/failures/failure.ts";
import type { Result } from "#shared/result.ts";
import type { Payload } from "#shared/worker/ports/payloads.ts";
import { anEndlessServer } from "#test/support/an-endless-server.ts";
import { aRoteServer, clientFor, type HttpAnswer, type RoteServer } from "#test/support/http-answers.ts";

const BUCKET = "payloads";
const MIB = 1_048_576;

let server: RoteServer | undefined;

afterEach(async () => {
  await server?.stop();
});

const A_MINUTE = 60_000;

/** Reads the object under a key. Fails where there is no room for it in a minute. */
async function read(payloads: S3Payloads, key: string, bucket = BUCKET): Promise<Result<Payload, Failure>> {
  const payload = await payloads.read({ bucket, key }, A_MINUTE);
  if (payload === "no-room") throw new Error("There was no room for the payload.");
  return payload;
}

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
    expect(await read(payloads, "a")).toMatchObject({ ok: true, value: { text: "Käse" } });
  });

  test.each<[string, string, HttpAnswer[], string]>([
    ["in another bucket is never asked for", "a", [], "PayloadNotOurs"],
    ["that is gone says so", "a", [refused("NoSuchKey", 404)], "PayloadNotFound"],
    ["over 32 MiB is not read", "a", [sized(32 * MIB + 1)], "PayloadTooLarge"],
    ["that is archived says so", "a", [sized(5), refused("InvalidObjectState", 403)], "PayloadUnreadable"],
    ["that is not UTF-8 is not mended", "a", [sized(4), holding(Buffer.from("K\xe4se", "latin1"))], "PayloadNotUtf8"],
  ])("%s", async (_claim, key, answers, code) => {
    const payloads = await somePayloads(...answers);
    const bucket = code === "PayloadNotOurs" ? "another" : BUCKET;
    expect(await read(payloads, key, bucket)).toMatchObject({ ok: false, error: { code, kind: "invalid" } });
    expect(server?.requests).toHaveLength(answers.length);
  });

  test.each<[what: string, answers: HttpAnswer[]]>([
    ["a missing right", [refused("AccessDenied", 403)]],
    ["a throttle", [refused("SlowDown", 429)]],
    ["a fault of S3", [refused("InternalError", 500)]],
    ["a bucket that is gone", [sized(5), refused("NoSuchBucket", 404)]],
    ["expired credentials", [sized(5), refused("ExpiredToken", 400)]],
    ["a connection that was too slow", [sized(5), refused("RequestTimeout", 400)]],
    ["a key that is disabled", [sized(5), refused("KMS.DisabledException", 400)]],
    ["a throttle of KMS", [sized(5), refused("ThrottlingException", 400)]],
    ["an answer of 400 that has no body to name its reason", [{ status: 400 }]],
    ["a refusal that nobody knows", [sized(5), refused("SomethingNew", 409)]],
  ])("is not given up for %s", async (_what, answers) => {
    const payloads = await somePayloads(...answers);
    await expect(read(payloads, "a")).rejects.toThrow();
    expect(server?.requests).toHaveLength(answers.length);
  });

  test("over 1 MiB whose room is not free in time is not read, and lets nobody in before his turn", async () => {
    const large = holding("x".repeat(MIB + 1));
    const payloads = await somePayloads(sized(MIB + 1), large, sized(MIB + 1), sized(MIB + 1), large);
    const first = await read(payloads, "first");
    expect(await payloads.read({ bucket: BUCKET, key: "second" }, 5)).toBe("no-room");
    let thirdCame = false;
    const third = read(payloads, "third").then((payload) => {
      thirdCame = true;
      return payload;
    });
    while ((server?.requests.length ?? 0) < 4) await new Promise(setImmediate);
    await read(payloads, "a", "another");
    expect(thirdCame).toBe(false);
    if (first.ok) first.value.release();
    expect(await third).toMatchObject({ ok: true });
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
    const first = await read(payloads, "first");
    let secondCame = false;
    const second = read(payloads, "second").then((payload) => {
      secondCame = true;
      return payload;
    });
    while ((server?.requests.length ?? 0) < 3) await new Promise(setImmediate);
    expect(await read(payloads, "small")).toMatchObject({ ok: true, value: { text: "small" } });
    expect(secondCame).toBe(false);
    if (first.ok) first.value.release();
    expect(await second).toMatchObject({ ok: true });
  });

  test("that could not be read makes room for the next one", async () => {
    const payloads = await somePayloads(sized(MIB + 1), refused("Trouble", 500), sized(MIB + 1), holding("x"));
    await expect(read(payloads, "first")).rejects.toThrow();
    expect(await read(payloads, "second")).toMatchObject({ ok: true });
  });

  test("that has grown over 1 MiB since it was looked at is read as a large one", async () => {
    const large = "x".repeat(MIB + 1);
    const payloads = await somePayloads(sized(5), holding(large), holding(large), sized(MIB + 1), holding("next"));
    const grown = await read(payloads, "grown");
    expect(grown).toMatchObject({ ok: true, value: { text: large } });
    let nextCame = false;
    const next = read(payloads, "next").then((payload) => {
      nextCame = true;
      return payload;
    });
    while ((server?.requests.length ?? 0) < 4) await new Promise(setImmediate);
    await read(payloads, "a", "another");
    expect(nextCame).toBe(false);
    if (grown.ok) grown.value.release();
    expect(await next).toMatchObject({ ok: true });
  });

  test("that is larger than S3 has said is read no further than 32 MiB", async () => {
    const source = await anEndlessServer(MIB + 1);
    try {
      expect(await read(payloadsAt(source), "endless")).toMatchObject({
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
