import { createHash, randomUUID } from "node:crypto";
import { once } from "node:events";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import type { RawRequest } from "./raw-request.ts";

export interface Signer {
  readonly endpointUrl: string;
  readonly region: string;
  readonly service: string;
  readonly accessKeyId: string;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly text: string;
}

/** Sends a request with the headers that the CLI puts on each, and a signature that has the form of one and proves nothing. */
export async function sendSigned({ method, path, headers, body }: RawRequest, signer: Signer): Promise<RawAnswer> {
  const { endpointUrl, region, service, accessKeyId } = signer;
  const { host, hostname, port } = new URL(endpointUrl);
  const time = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const signed = ["host", "x-amz-date", ...Object.keys(headers).map((name) => name.toLowerCase())]
    .filter((name) => name !== "expect")
    .toSorted();
  const outgoing = httpRequest({
    hostname,
    port,
    method,
    path,
    headers: {
      Host: host,
      "Accept-Encoding": "identity",
      ...headers,
      "User-Agent": "aws-cli/2.13.34 Python/3.11.6 Linux/6.2.0 exe/x86_64.ubuntu.22 prompt/off",
      "X-Amz-Date": time,
      Authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${time.slice(0, 8)}/${region}/${service}/aws4_request, SignedHeaders=${signed.join(";")}, Signature=${createHash("sha256").update(randomUUID()).digest("hex")}`,
      "amz-sdk-invocation-id": randomUUID(),
      "amz-sdk-request": "attempt=1",
      ...(method !== "GET" && { "Content-Length": body.length }),
    },
  });
  const answered: Promise<IncomingMessage[]> = once(outgoing, "response");
  if ("Expect" in headers) {
    outgoing.flushHeaders();
    // A server that refuses the headers never asks for the body.
    await Promise.race([once(outgoing, "continue"), answered]);
  }
  outgoing.end(body);
  const [answer] = await answered;
  if (answer === undefined) throw new Error(`${endpointUrl} gave no answer.`);
  return { status: answer.statusCode ?? 0, headers: answer.headers, text: await text(answer) };
}
