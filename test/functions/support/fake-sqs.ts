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

/** Just enough of SQS to take dead letters, with the calls that it was sent, on a free port of this machine. */
export class FakeSqs {
  readonly calls: SqsCall[] = [];
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
    const message = sentSchema.parse(JSON.parse(await text(request)));
    this.calls.push({ target: String(request.headers["x-amz-target"]), message });
    const MD5OfMessageBody = createHash("md5").update(message.MessageBody).digest("hex");
    response.setHeader("content-type", "application/x-amz-json-1.0");
    response.end(JSON.stringify({ MessageId: "7f0b5a51-9c4c-4d6e-8a59-4e4f3f9a1c11", MD5OfMessageBody }));
  }

  get endpoint(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
