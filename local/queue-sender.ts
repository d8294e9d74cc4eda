import { type MessageAttributeValue, SendMessageCommand, SQSClient, SQSServiceException } from "@aws-sdk/client-sqs";
import type { Fauxqs } from "./fauxqs/start-fauxqs.ts";
import { queueByArn } from "./resources/queue-by-arn.ts";

/** An AWS service that puts a message on a queue on somebody's behalf. */
export interface SendingService {
  readonly principal: "events.amazonaws.com" | "sns.amazonaws.com";
  /** The rule, or the topic, for which it does so. */
  readonly sourceArn: string;
}

export interface OutgoingMessage {
  readonly body: string;
  readonly messageGroupId?: string;
  readonly attributes?: Readonly<Record<string, MessageAttributeValue>>;
}

/** What became of it: `refused` will be refused again, `failed` may go well another time. The codes are EventBridge's. */
export type Sent =
  | { readonly kind: "sent" }
  | {
      readonly kind: "refused";
      readonly code: "NO_PERMISSIONS" | "NO_RESOURCE" | "INVALID_PARAMETER";
      readonly message: string;
    }
  | { readonly kind: "failed"; readonly code: "CONNECTION_FAILURE" | "ERROR_FROM_TARGET"; readonly message: string };

/** Puts one message on a queue. Never rejects. */
export type SendToQueue = (queueArn: string, message: OutgoingMessage, service: SendingService) => Promise<Sent>;

export interface QueueSender {
  readonly send: SendToQueue;
  /** Drops the connections that are kept open. */
  stop(): void;
}

/** Why the queue's policy, or that of the key which encrypts it, keeps the service from sending there; undefined if it may. */
export type RefuseSend = (service: SendingService, queueArn: string) => { readonly message: string } | undefined;

/** SQS takes these in a group id; a standard queue takes group ids too. */
const MESSAGE_GROUP_ID = /^[\x21-\x7e]{1,128}$/;

/** Sends through the endpoint, as everybody does, so that an outage of SQS is one for these services too. */
export function createQueueSender(sqsStore: Fauxqs["sqsStore"], refuseSend: RefuseSend): QueueSender {
  const clients = new Map<string, SQSClient>();
  const clientAt = (endpoint: string, region: string): SQSClient => {
    const client = clients.get(endpoint) ?? new SQSClient({ endpoint, region, maxAttempts: 1, credentials: RUNNER });
    clients.set(endpoint, client);
    return client;
  };

  return {
    send: async (queueArn, { body, messageGroupId, attributes }, service) => {
      const queue = queueByArn(sqsStore, queueArn);
      if (queue === undefined) return refused("NO_RESOURCE", `There is no queue ${queueArn}.`);
      const denial = refuseSend(service, queueArn);
      if (denial !== undefined) return refused("NO_PERMISSIONS", denial.message);
      if (messageGroupId !== undefined && !MESSAGE_GROUP_ID.test(messageGroupId)) {
        return refused(
          "INVALID_PARAMETER",
          "A MessageGroupId has 1 to 128 letters, digits and punctuation characters.",
        );
      }
      const command = new SendMessageCommand({
        QueueUrl: queue.url,
        MessageBody: body,
        MessageGroupId: messageGroupId,
        MessageAttributes: attributes === undefined ? undefined : { ...attributes },
      });
      try {
        const client = clientAt(new URL(queue.url).origin, regionOf(queueArn));
        await client.send(command, { abortSignal: AbortSignal.timeout(LONGEST_CALL_MS) });
        return { kind: "sent" };
      } catch (cause) {
        return outcomeOf(cause);
      }
    },
    stop: () => {
      for (const client of clients.values()) client.destroy();
    },
  };
}

/** An endpoint that is silent must not hold a delivery for good. */
const LONGEST_CALL_MS = 5_000;

const RUNNER = { accessKeyId: "local-runner", secretAccessKey: "local" };

const regionOf = (arn: string): string => arn.split(":")[3] ?? "";

type Refusal = Extract<Sent, { kind: "refused" }>;

const refused = (code: Refusal["code"], message: string): Refusal => ({ kind: "refused", code, message });

/** No answer, and an answer of 5xx, may be another one next time; what SQS calls the caller's fault stays so. */
function outcomeOf(cause: unknown): Sent {
  if (!(cause instanceof SQSServiceException)) {
    return { kind: "failed", code: "CONNECTION_FAILURE", message: "SQS did not answer." };
  }
  if (cause.name.includes("AccessDenied")) return refused("NO_PERMISSIONS", cause.message);
  if (cause.$fault === "client") return refused("INVALID_PARAMETER", cause.message);
  return { kind: "failed", code: "ERROR_FROM_TARGET", message: cause.message };
}
