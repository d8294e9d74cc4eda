import { createHash, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import * as z from "zod";

interface SentMessage {
  readonly requestId: string;
  readonly body: string;
  readonly groupId: string | undefined;
}

/** An SQS that takes messages, and fails some of them on demand. */
export interface FakeSqs {
  readonly address: string;
  /** The messages of each SendMessageBatch, in order. */
  readonly batches: readonly (readonly SentMessage[])[];
  /** These requests fail once, each at its next sending. */
  failOnce(requestIds: readonly string[]): void;
  stop(): Promise<void>;
}

const batchSchema = z.object({
  Entries: z.array(z.object({ Id: z.string(), MessageBody: z.string(), MessageGroupId: z.string().optional() })),
});

const bodySchema = z.object({ requestId: z.string() });

export async function startFakeSqs(): Promise<FakeSqs> {
  const batches: SentMessage[][] = [];
  const failing = new Set<string>();
  const answer = async (request: IncomingMessage, address: string): Promise<object> => {
    const body: unknown = JSON.parse(await text(request));
    if (request.headers["x-amz-target"] === "AmazonSQS.GetQueueUrl")
      return { QueueUrl: `${address}/000000000000/queue` };
    const { Entries } = batchSchema.parse(body);
    const messages = Entries.map(({ MessageBody, MessageGroupId }) => ({
      requestId: bodySchema.parse(JSON.parse(MessageBody)).requestId,
      body: MessageBody,
      groupId: MessageGroupId,
    }));
    batches.push(messages);
    const fails = messages.map(({ requestId }) => failing.delete(requestId));
    return {
      Successful: Entries.filter((_, index) => fails[index] === false).map(({ Id, MessageBody }) => ({
        Id,
        MessageId: randomUUID(),
        MD5OfMessageBody: createHash("md5").update(MessageBody).digest("hex"),
      })),
      Failed: Entries.filter((_, index) => fails[index] === true).map(({ Id }) => ({
        Id,
        Code: "InternalError",
        Message: "on demand",
        SenderFault: false,
      })),
    };
  };
  const server = createServer((request, response) => {
    void answer(request, `http://${request.headers.host}`).then(
      (given) => response.writeHead(200, { "content-type": "application/x-amz-json-1.0" }).end(JSON.stringify(given)),
      (error: unknown) => response.writeHead(400).end(String(error)),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const bound = server.address();
  return {
    address: `http://127.0.0.1:${typeof bound === "object" ? bound?.port : ""}`,
    batches,
    failOnce: (requestIds) => {
      for (const requestId of requestIds) failing.add(requestId);
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
