/** The header of a signed request. The emulator wants one and does not check it. */
export const SIGNATURE =
  "AWS4-HMAC-SHA256 Credential=test/20261120/us-east-1/connect/aws4_request, SignedHeaders=host;x-amz-date, Signature=00ff";

interface RawCall {
  readonly method?: string;
  readonly path?: string;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request as written, CreateContact's route unless said otherwise, and what came back. */
export async function rawCall(address: string, call: RawCall = {}) {
  const response = await fetch(address + (call.path ?? "/contact/create-contact"), {
    method: call.method ?? "PUT",
    headers: { "content-type": "application/json", authorization: SIGNATURE, ...call.headers },
    ...(call.body === undefined ? {} : { body: call.body }),
  });
  return { status: response.status, name: response.headers.get("x-amzn-errortype"), text: await response.text() };
}

/** A request to the emulator's own paths, with the parsed answer. */
export async function control(address: string, request: string, body?: unknown) {
  const [method = "GET", path = ""] = request.split(" ");
  const response = await fetch(`${address}/_local/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const parsed: unknown = JSON.parse(await response.text());
  return { status: response.status, body: parsed };
}
