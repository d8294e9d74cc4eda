import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { parseS3Url } from "#shared/contract/fields/s3-url.ts";
import type { LocalClients } from "./local-clients.ts";
import { produce } from "./produce.ts";
import { sampleEmail } from "./sample-email.ts";
import type { SentByWay } from "./way-in.ts";

/** Stores the file that the sample e-mail names as `s3://bucket/key`, and sends the e-mail. */
export async function sendAttachment(clients: LocalClients): Promise<SentByWay> {
  const request = await sampleEmail("attachment.json");
  for (const { S3Url } of request.input.Attachments ?? []) {
    const { bucket: Bucket, key: Key } = parseS3Url(S3Url) ?? {};
    await clients.s3.send(new CreateBucketCommand({ Bucket }));
    await clients.s3.send(new PutObjectCommand({ Bucket, Key, Body: "Dear shop, …" }));
  }
  return produce(clients, { way: "attachment", request });
}
