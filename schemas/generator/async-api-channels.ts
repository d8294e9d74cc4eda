import { OPERATIONS, type Operation } from "#shared/contract/operation.ts";
import { type Lane, queueName } from "#shared/contract/queue-name.ts";
import { requestName } from "./publish-requests.ts";

const PREFIX = "contact-requests";

const LANES = ["live", "backfill"] as const satisfies readonly Lane[];

const OUTCOMES = ["ContactStarted", "ContactRequestFailed"] as const;

const FOR_LANE: Readonly<Record<Lane, string>> = {
  live: "People wait for these requests: they may use the whole quota.",
  backfill: "Nobody waits for these requests: they take what live ones leave of the quota.",
};

const prefix = { prefix: { $ref: "#/components/parameters/prefix" } };

const capitalized = (word: string): string => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;

const channelName = (operation: Operation, lane: Lane): string => `${operation}${capitalized(lane)}`;

const queue = (operation: Operation, lane: Lane) => ({
  address: queueName("{prefix}", operation, lane),
  title: `${operation}, ${lane}`,
  description: `${FOR_LANE[lane]} A message's body is the request; an event, an SNS notification, or a pointer of the SQS Extended Client Library that holds one is understood as well.`,
  servers: [{ $ref: "#/servers/sqs" }],
  parameters: prefix,
  messages: { request: { $ref: `#/components/messages/${requestName(operation)}` } },
  bindings: {
    sqs: {
      queue: { name: queueName(PREFIX, operation, lane), fifoQueue: false },
      deadLetterQueue: { name: queueName(PREFIX, operation, "dead-letters"), fifoQueue: false },
      // The newest one that AsyncAPI 3.0 knows.
      bindingVersion: "0.2.0",
    },
  },
});

const eventBus = {
  address: "{prefix}",
  title: "The event bus",
  description:
    "An event whose detail-type is an operation becomes a message in that operation's live queue. What became of a request is told here as well. AsyncAPI knows no binding for EventBridge, so that the names stand under x-eventbridge.",
  servers: [{ $ref: "#/servers/eventbridge" }],
  parameters: prefix,
  messages: Object.fromEntries(
    [...OPERATIONS, ...OUTCOMES].map((name) => [name, { $ref: `#/components/messages/${name}Event` }]),
  ),
  "x-eventbridge": { eventBusName: PREFIX },
};

/** Each operation's two queues, and the event bus. */
export const asyncApiChannels = (): Record<string, unknown> => ({
  ...Object.fromEntries(
    OPERATIONS.flatMap((operation) => LANES.map((lane) => [channelName(operation, lane), queue(operation, lane)])),
  ),
  eventBus,
});

const onBus = (names: readonly string[]) => ({
  channel: { $ref: "#/channels/eventBus" },
  messages: names.map((name) => ({ $ref: `#/channels/eventBus/messages/${name}` })),
});

/** What the system does at its channels: it receives requests, and sends what became of them. */
export const asyncApiOperations = (): Record<string, unknown> => ({
  ...Object.fromEntries(
    OPERATIONS.flatMap((operation) =>
      LANES.map((lane) => {
        const name = channelName(operation, lane);
        const channel = { $ref: `#/channels/${name}` };
        const messages = [{ $ref: `#/channels/${name}/messages/request` }];
        return [`receive${name}`, { action: "receive", channel, messages }];
      }),
    ),
  ),
  receiveEvents: { action: "receive", ...onBus(OPERATIONS) },
  tellOutcomes: {
    action: "send",
    description:
      "At least once: the same outcome may be told again, with repeated true where a contact was there already.",
    ...onBus(OUTCOMES),
  },
});
