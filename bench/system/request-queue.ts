import { PurgeQueueCommand, SendMessageBatchCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { type Lane, queueName } from "#shared/contract/queue-name.ts";
import { BENCH, credentialsOf } from "./callers.ts";
import type { Deployment } from "./deployment.ts";
import { PREFIX } from "./synthesize.ts";

const MOST_MESSAGES_OF_A_SEND = 10;

/** The queue that feeds CreateContact in one lane. Its requests are named `label/1`, `label/2` … and so are their contacts. */
export class RequestQueue {
  readonly name: string;
  readonly label: string;
  readonly #system: Deployment["system"];
  readonly #url: string;
  readonly #sqs: SQSClient;
  #sent = 0;

  /** Throws if the deployment has no such queue. */
  constructor({ system }: Deployment, lane: Lane, label: string) {
    this.name = queueName(PREFIX, "CreateContact", lane);
    this.label = label;
    this.#system = system;
    const url = system.queueUrls[this.name];
    if (url === undefined) throw new Error(`The template has no queue ${this.name}.`);
    this.#url = url;
    const credentials = credentialsOf(BENCH);
    this.#sqs = new SQSClient({ endpoint: system.endpoint, region: "us-east-1", credentials });
  }

  /** Sends one request, and resolves with its name when SQS has it. */
  async send(): Promise<string> {
    const requestId = this.#nextId();
    await this.#sqs.send(new SendMessageCommand({ QueueUrl: this.#url, MessageBody: bodyOf(requestId) }));
    return requestId;
  }

  /** One batch after the other: the processes that are measured share the machine with the sender. */
  async sendMany(count: number): Promise<void> {
    for (let sent = 0; sent < count; sent += MOST_MESSAGES_OF_A_SEND) {
      const size = Math.min(MOST_MESSAGES_OF_A_SEND, count - sent);
      await this.#sendBatch(Array.from({ length: size }, () => this.#nextId()));
    }
  }

  depth() {
    return this.#system.queueDepths()[this.name] ?? { visible: 0, inFlight: 0, delayed: 0 };
  }

  /** Takes away every message, also those that are being worked on. */
  async purge(): Promise<void> {
    await this.#sqs.send(new PurgeQueueCommand({ QueueUrl: this.#url }));
  }

  #nextId(): string {
    this.#sent += 1;
    return `${this.label}/${this.#sent}`;
  }

  async #sendBatch(requestIds: readonly string[]): Promise<void> {
    const Entries = requestIds.map((requestId, index) => ({ Id: String(index), MessageBody: bodyOf(requestId) }));
    const { Failed = [] } = await this.#sqs.send(new SendMessageBatchCommand({ QueueUrl: this.#url, Entries }));
    if (Failed[0] !== undefined) throw new Error(`${this.name} refuses a message: ${Failed[0].Message ?? ""}`);
  }
}

const bodyOf = (requestId: string): string =>
  JSON.stringify({
    requestId,
    operation: "CreateContact",
    input: { Channel: "TASK", InitiationMethod: "API", Name: requestId },
  });
