import { describe, expect, test } from "@jest/globals";
import type { Attachments } from "#shared/worker/ports/attachments.ts";
import { signAttachments } from "#shared/worker/sign-attachments.ts";
import { anEmailContactRequest, aTaskRequest } from "#test/support/a-contact-request.ts";

const SIGNING: Attachments = { sign: async (url) => ({ ok: true, value: `https://signed/${url}` }) };

const REFUSED = { code: "AttachmentBucketNotAllowed", kind: "invalid", message: "No." } as const;
const REFUSING: Attachments = { sign: async () => ({ ok: false, error: REFUSED }) };

const withFiles = (...urls: readonly string[]) =>
  anEmailContactRequest({
    input: { Attachments: urls.map((S3Url, index) => ({ FileName: `file ${index}`, S3Url })) },
  });

describe("what Connect is asked for", () => {
  test("has a signed URL for each attachment in S3, in the same order, and is otherwise what was asked for", async () => {
    const asked = withFiles("s3://b/1", "https://example.com/2", "s3://b/3");
    const before = structuredClone(asked);
    expect(await signAttachments(asked, SIGNING)).toEqual({
      ok: true,
      value: withFiles("https://signed/s3://b/1", "https://example.com/2", "https://signed/s3://b/3"),
    });
    expect(asked).toEqual(before);
  });

  test.each([
    ["no attachments", anEmailContactRequest()],
    ["attachments that are signed already", withFiles("https://example.com/1")],
    ["another operation", aTaskRequest()],
  ])("is what was asked for, where there are %s, and nothing is signed", async (_what, request) => {
    expect(await signAttachments(request, REFUSING)).toEqual({ ok: true, value: request });
  });
});

test("the first attachment that cannot be signed is named by its place", async () => {
  const signs: string[] = [];
  const attachments: Attachments = {
    sign: async (url) => (signs.push(url) === 1 ? await SIGNING.sign(url) : await REFUSING.sign(url)),
  };
  expect(
    await signAttachments(withFiles("https://a.example", "s3://b/1", "s3://b/2", "s3://b/3"), attachments),
  ).toEqual({
    ok: false,
    error: { ...REFUSED, message: "input.Attachments[2].S3Url: No." },
  });
  expect(signs).toEqual(["s3://b/1", "s3://b/2"]);
});
