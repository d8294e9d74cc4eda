import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import * as z from "zod";
import type { AwsCommand } from "./aws-command.ts";

/** An HTTP request without the headers that every call has. */
export interface RawRequest {
  readonly method: "GET" | "POST" | "PUT";
  readonly path: string;
  /** In the order in which the CLI signs them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const NO_BODY = Buffer.alloc(0);

/** The request that the CLI makes of a command, in the protocol of its service. */
export function rawRequest({ known, input }: AwsCommand): RawRequest {
  switch (known.service) {
    case "sqs":
      // The CLI asks for the errors of the older protocol too.
      return json(`AmazonSQS.${known.action}`, input, { version: "1.0", "x-amzn-query-mode": "true" });
    case "events":
      return json(`AWSEvents.${known.action}`, input, { version: "1.1" });
    case "sns":
      return form({ Action: known.action, Version: "2010-03-31", ...flat(input) });
    case "s3":
      return rest(known.action, input);
  }
}

/** https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html */
function json(target: string, input: unknown, { version, ...headers }: { version: string } & Record<string, string>) {
  return post(JSON.stringify(input), {
    "Content-Type": `application/x-amz-json-${version}`,
    "X-Amz-Target": target,
    ...headers,
  });
}

/** https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
const form = (fields: Readonly<Record<string, string>>): RawRequest =>
  post(new URLSearchParams(fields).toString(), { "Content-Type": "application/x-www-form-urlencoded; charset=utf-8" });

const post = (body: string, headers: Readonly<Record<string, string>>): RawRequest => ({
  method: "POST",
  path: "/",
  headers,
  body: Buffer.from(body),
});

/** A map becomes `Attributes.entry.1.key`, `Attributes.entry.1.value`. */
function flat(input: Readonly<Record<string, unknown>>): Record<string, string> {
  const fields = Object.entries(input).flatMap(([member, value]) => {
    if (typeof value !== "object" || value === null) return [[member, String(value)] as const];
    return Object.entries(value).flatMap(([key, each], index) => [
      [`${member}.entry.${index + 1}.key`, key] as const,
      [`${member}.entry.${index + 1}.value`, String(each)] as const,
    ]);
  });
  return Object.fromEntries(fields);
}

const s3Input = z.object({
  Bucket: z.string().default(""),
  Key: z.string().default(""),
  Body: z.instanceof(Buffer).default(NO_BODY),
  ContentType: z.string().optional(),
});

function rest(action: string, input: unknown): RawRequest {
  const { Bucket, Key, Body, ContentType } = s3Input.parse(input);
  if (action === "ListBuckets") return withDigest({ method: "GET", path: "/", headers: {}, body: NO_BODY });
  if (action === "CreateBucket") return withDigest({ method: "PUT", path: `/${Bucket}`, headers: {}, body: NO_BODY });
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(Body));
  const headers = {
    ...(ContentType !== undefined && { "Content-Type": ContentType }),
    Expect: "100-continue",
    "x-amz-checksum-crc32": checksum.toString("base64"),
    "x-amz-sdk-checksum-algorithm": "CRC32",
  };
  const path = `/${Bucket}/${Key.split("/").map(encodeURIComponent).join("/")}`;
  return withDigest({ method: "PUT", path, headers, body: Body });
}

const withDigest = (request: RawRequest): RawRequest => ({
  ...request,
  headers: { ...request.headers, "X-Amz-Content-SHA256": createHash("sha256").update(request.body).digest("hex") },
});
