import { pointerBody } from "#shared/envelopes/payload-pointer.ts";
import type { Payloads } from "#shared/worker/ports/payloads.ts";

interface Request {
  readonly operation: string;
}

/** An event of EventBridge, as its rule writes it into a queue. */
export const anEvent = (detailType: unknown, detail: unknown, overrides: object = {}) => ({
  version: "0",
  id: "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa",
  "detail-type": detailType,
  source: "com.example.billing",
  account: "123456789012",
  time: "2026-11-20T12:00:00Z",
  region: "eu-central-1",
  resources: [],
  detail,
  ...overrides,
});

/** The event that asks for a request. */
export const eventFor = (request: Request, overrides: object = {}) => anEvent(request.operation, request, overrides);

/** What SNS writes into a queue around a message that was published, without raw delivery. */
export const aNotification = (message: unknown, overrides: object = {}) => ({
  Type: "Notification",
  MessageId: "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
  TopicArn: "arn:aws:sns:eu-central-1:123456789012:requests",
  Message: message,
  Timestamp: "2026-11-20T12:00:00.000Z",
  SignatureVersion: "1",
  Signature:
    "EXAMPLEpH+DcEwjAPg8O9mY8dReBSwksfg2S7WKQcikcNKWLQjwu6A4VbeS0QHVCkhRS7fUQvi2egU3N858fiTDN6bkkOxYDVrY0Ad8L10Hs3zH81mtnPk5uvvolIC1CXGu43obcgFxeL3khZl8IKvO61GWB6jI9b5+gLPoBc1Q=",
  SigningCertURL: "https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0.pem",
  UnsubscribeURL: "https://sns.eu-central-1.amazonaws.com/?Action=Unsubscribe",
  ...overrides,
});

/** Payloads in memory: `offload` stores a text and gives its pointer. */
export class MemoryPayloads implements Payloads {
  readonly bucket = "payloads";
  readonly reads: string[] = [];
  releases = 0;
  readonly #texts = new Map<string, string>();

  offload(text: string): string {
    const key = `payloads/${this.#texts.size}`;
    this.#texts.set(key, text);
    return pointerBody({ bucket: this.bucket, key });
  }

  read: Payloads["read"] = async ({ key }) => {
    this.reads.push(key);
    const text = this.#texts.get(key);
    if (text === undefined) throw new Error(`Nothing is stored under ${key}.`);
    return {
      ok: true,
      value: {
        text,
        release: () => {
          this.releases += 1;
        },
      },
    };
  };
}
