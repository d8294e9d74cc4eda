import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import * as z from "zod";

const sentSchema = z.object({
  QueueUrl: z.string(),
  MessageBody: z.string(),
  MessageAttributes: z.record(z.string(), z.object({ StringValue: z.string().optional() })).default({}),
});

export interface SqsCall {
  /** As the SDK writes it: `AmazonSQS.SendMessage`. */
  readonly target: string;
  readonly message: z.infer<typeof sentSchema>;
}

const putSchema = z.object({ Entries: z.array(z.object({ DetailType: z.string() })) });

/** Just enough of SQS to take dead letters, and of EventBridge to take outcomes, on a free port of this machine. */
export class FakeSqs {
  readonly calls: SqsCall[] = [];
  /** The detail types of the events that were put. */
  readonly outcomes: string[] = [];
  readonly #server: Server;

  static async start(): Promise<FakeSqs> {
    const fake = new FakeSqs();
    await new Promise<void>((resolve) => fake.#server.listen(0, "127.0.0.1", resolve));
    return fake;
  }

  private constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = String(request.headers["x-amz-target"]);
    const body: unknown = JSON.parse(await text(request));
    if (target === "AWSEvents.PutEvents") return this.#takeOutcomes(putSchema.parse(body).Entries, response);
    const message = sentSchema.parse(body);
    this.calls.push({ target, message });
    const MD5OfMessageBody = createHash("md5").update(message.MessageBody).digest("hex");
    response.setHeader("content-type", "application/x-amz-json-1.0");
    response.end(JSON.stringify({ MessageId: "7f0b5a51-9c4c-4d6e-8a59-4e4f3f9a1c11", MD5OfMessageBody }));
  }

  #takeOutcomes(entries: readonly { readonly DetailType: string }[], response: ServerResponse): void {
    this.outcomes.push(...entries.map(({ DetailType }) => DetailType));
    response.setHeader("content-type", "application/x-amz-json-1.1");
    const Entries = entries.map((_entry, index) => ({ EventId: `event-${index}` }));
    response.end(JSON.stringify({ FailedEntryCount: 0, Entries }));
  }

  get endpoint(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
