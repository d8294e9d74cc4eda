import { S3Client } from "@aws-sdk/client-s3";
import { describe, expect, test } from "@jest/globals";
import { S3Attachments, signingClient } from "#shared/aws/s3-attachments.ts";
import { ManualClock } from "#test/support/manual-clock.ts";

const ONE_HOUR_MS = 3_600_000;
const SESSION_TOKEN = "IQoJb3JpZ2luX2VjE/+=".repeat(40);

/** A client as a worker has it. Nothing listens at the address: whoever asks it, fails. */
const client = (overrides: object = {}) =>
  new S3Client({
    region: "eu-central-1",
    credentials: { accessKeyId: "ASIAEXAMPLE", secretAccessKey: "secret", sessionToken: SESSION_TOKEN },
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    ...overrides,
  });

function someAttachments(s3 = client()) {
  const clock = new ManualClock();
  return { clock, attachments: new S3Attachments(s3, { buckets: ["invoices", "dotted.bucket"], clock }) };
}

async function signed(url: string, attachments = someAttachments().attachments): Promise<URL> {
  const result = await attachments.sign(url);
  if (!result.ok) throw new Error(result.error.message);
  return new URL(result.value);
}

describe("the signed URL of an attachment", () => {
  test("names the object in the function's Region, for GET", async () => {
    const url = await signed("s3://invoices/2026/4711.pdf");
    expect(url.origin + url.pathname).toBe("https://invoices.s3.eu-central-1.amazonaws.com/2026/4711.pdf");
    expect(url.searchParams.get("x-id")).toBe("GetObject");
    expect(url.searchParams.get("X-Amz-Signature")).toMatch(/^[0-9a-f]{64}$/);
    expect(url.searchParams.get("X-Amz-Security-Token")).toBe(SESSION_TOKEN);
  });

  test.each([
    ["s3://invoices/Über uns/a+b?c#d%20.pdf", "/%C3%9Cber%20uns/a%2Bb%3Fc%23d%2520.pdf"],
    ["s3://invoices/a//b/", "/a//b/"],
    ["s3://dotted.bucket/k", "/dotted.bucket/k"],
  ])("takes the key of %s as it is", async (url, path) => {
    expect((await signed(url)).pathname).toBe(path);
  });

  test("holds nothing that it need not", async () => {
    expect([...(await signed("s3://invoices/k")).searchParams.keys()].sort()).toEqual([
      "X-Amz-Algorithm",
      "X-Amz-Content-Sha256",
      "X-Amz-Credential",
      "X-Amz-Date",
      "X-Amz-Expires",
      "X-Amz-Security-Token",
      "X-Amz-Signature",
      "X-Amz-SignedHeaders",
      "x-id",
    ]);
  });

  test("is the same within the hour and another one after it, and never has less than half an hour left", async () => {
    const { clock, attachments } = someAttachments();
    clock.advance(ONE_HOUR_MS - (clock.now() % ONE_HOUR_MS));
    const fresh = await signed("s3://invoices/k", attachments);
    clock.advance(ONE_HOUR_MS - 1);
    expect(await signed("s3://invoices/k", attachments)).toEqual(fresh);
    expect(expiryOf(fresh) - clock.now()).toBeGreaterThanOrEqual(30 * 60_000);
    clock.advance(1);
    const next = await signed("s3://invoices/k", attachments);
    expect(next).not.toEqual(fresh);
    expect(expiryOf(next) - expiryOf(fresh)).toBe(ONE_HOUR_MS);
  });
});

/** When a pre-signed URL ends, by what it says itself. */
function expiryOf({ searchParams }: URL): number {
  const date = searchParams.get("X-Amz-Date") ?? "";
  const iso = date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z");
  return Date.parse(iso) + Number(searchParams.get("X-Amz-Expires")) * 1_000;
}

describe("an attachment is not signed", () => {
  test("from a bucket that is not allowed, and the refusal names the setting and no bucket", async () => {
    const { attachments } = someAttachments();
    expect(await attachments.sign("s3://invoices-2/k")).toEqual({
      ok: false,
      error: {
        code: "AttachmentBucketNotAllowed",
        kind: "invalid",
        message:
          "The bucket of the attachment is not one that the deployment may read. Put the file into one of the buckets of the setting attachmentBuckets, or add the bucket there.",
      },
    });
  });

  test("with a URL of more than 2,000 characters, up to which it is", async () => {
    const { attachments } = someAttachments();
    const { href } = await signed("s3://invoices/k");
    const longest = `s3://invoices/${"k".repeat(2_001 - href.length)}`;
    expect((await signed(longest)).href).toHaveLength(2_000);
    const answer = await attachments.sign(`${longest}k`);
    expect(answer).toMatchObject({ ok: false, error: { code: "AttachmentUrlTooLong", kind: "invalid" } });
  });

  test("without credentials: that is a fault, and no refusal", async () => {
    const credentials = () => Promise.reject(new Error("No credentials."));
    const { attachments } = someAttachments(client({ credentials }));
    await expect(attachments.sign("s3://invoices/k")).rejects.toThrow("No credentials.");
  });

  test("where it is no attachment in S3: the contract lets no such thing through", async () => {
    await expect(someAttachments().attachments.sign("https://example.com/")).rejects.toThrow(TypeError);
  });
});

test("the client of a worker signs short URLs, by path on one machine", async () => {
  const s3 = signingClient(true);
  expect(s3.config.forcePathStyle).toBe(true);
  expect(await s3.config.requestChecksumCalculation()).toBe("WHEN_REQUIRED");
  expect(await s3.config.responseChecksumValidation()).toBe("WHEN_REQUIRED");
});
