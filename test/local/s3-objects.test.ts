import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { expect, test } from "@jest/globals";
import { aLocalSystem } from "./support/a-local-system.ts";

const Resources = { Bucket: { Type: "AWS::S3::Bucket", Properties: { BucketName: "payloads" } } };
test("an object comes back as it was put, by a client that is only told the endpoint", async () => {
  const { s3 } = await aLocalSystem({ Resources });
  await s3.send(new PutObjectCommand({ Bucket: "payloads", Key: "a/b c.json", Body: "grüße 👍" }));
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: "payloads", Key: "a/b c.json" }));
  expect(await Body?.transformToString()).toBe("grüße 👍");
});

test.each([
  ["signature version 4", "X-Amz-Credential=key%2F20261120%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Signature=0"],
  ["the older signature, which boto3 uses in us-east-1", "AWSAccessKeyId=key&Signature=0&Expires=1800000000"],
])("a URL pre-signed with %s reads and writes", async (_name, query) => {
  const { system } = await aLocalSystem({ Resources });
  const url = `${system.endpoint}/payloads/x.bin?${query}`;
  expect((await fetch(url, { method: "PUT", body: new Uint8Array([1, 2, 3]) })).status).toBe(200);
  expect(new Uint8Array(await (await fetch(url)).arrayBuffer())).toEqual(new Uint8Array([1, 2, 3]));
});

test("an object may be as large as the file of a backfill", async () => {
  const { s3 } = await aLocalSystem({ Resources });
  const Body = Buffer.alloc(40_000_000, "row\n");
  await s3.send(new PutObjectCommand({ Bucket: "payloads", Key: "input", Body }));
  const { Body: read, ContentLength } = await s3.send(new GetObjectCommand({ Bucket: "payloads", Key: "input" }));
  expect(ContentLength).toBe(Body.length);
  expect(Buffer.compare((await read?.transformToByteArray()) ?? new Uint8Array(), Body)).toBe(0);
});

test("without a signature nothing is read", async () => {
  const { system } = await aLocalSystem({ Resources });
  expect((await fetch(`${system.endpoint}/payloads/x.bin`)).status).toBe(403);
});
