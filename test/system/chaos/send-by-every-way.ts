import { PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { PublishBatchCommand } from "@aws-sdk/client-sns";
import type { LocalSystem } from "#local/start-local-system.ts";
import { OPERATIONS, type Operation } from "#shared/contract/operation.ts";
import { aNotification, eventFor } from "#test/support/wrappings.ts";
import { openWays, type Ways } from "./open-ways.ts";

/** A request as somebody asks for it, well or badly. */
export interface Asked {
  readonly operation: Operation;
  readonly requestId: string;
}

/** Sends all of these in one way in. */
type Way = (ways: Ways, asked: readonly Asked[]) => Promise<void>;

const WAYS: readonly Way[] = [
  // A message.
  async (ways, asked) => await sendBodies(ways, asked, (request) => JSON.stringify(request)),
  // An event on the deployment's bus.
  async (ways, asked) =>
    await putEvents(ways, asked, ({ operation }) => ({ EventBusName: ways.busName, DetailType: operation })),
  // An event that a rule of the upstream's own takes.
  async (ways, asked) =>
    await putEvents(ways, asked, ({ operation }) => ({ DetailType: ways.doors[operation].detailType })),
  async (ways, asked) => await publish(ways, asked, "topicArn"),
  async (ways, asked) => await publish(ways, asked, "rawTopicArn"),
  // An event that a rule publishes on a topic.
  async (ways, asked) =>
    await sendBodies(ways, asked, (request) => JSON.stringify(aNotification(JSON.stringify(eventFor(request))))),
  // A pointer.
  async (ways, asked) => {
    await inBatches(asked, async (batch) => {
      await Promise.all(batch.map(async (request) => await store(ways, request)));
    });
    await sendBodies(ways, asked, (request, index) => pointers(ways, request)[index % 4] ?? "");
  },
];

/** Sends each of these in one of the ways in, as chance decides, so that a copy may come in another way than the first. */
export async function sendByEveryWay(
  system: LocalSystem,
  asked: readonly Asked[],
  random: () => number,
): Promise<void> {
  const ways = await openWays(system);
  const byWay = Map.groupBy(asked, () => WAYS[Math.floor(random() * WAYS.length)]);
  for (const [way, own] of byWay) await way?.(ways, own);
  ways.close();
}

const BATCH = 10;

async function inBatches<Item>(items: readonly Item[], act: (batch: readonly Item[]) => Promise<void>): Promise<void> {
  for (let first = 0; first < items.length; first += BATCH) await act(items.slice(first, first + BATCH));
}

async function sendBodies(
  { queues }: Ways,
  asked: readonly Asked[],
  bodyOf: (request: Asked, index: number) => string,
): Promise<void> {
  for (const operation of OPERATIONS) {
    await queues.send(operation, asked.filter((request) => request.operation === operation).map(bodyOf));
  }
}

async function putEvents(
  { events }: Ways,
  asked: readonly Asked[],
  entryFor: (request: Asked) => { readonly EventBusName?: string; readonly DetailType: string },
): Promise<void> {
  await inBatches(asked, async (batch) => {
    const Entries = batch.map((request) => ({
      Source: "com.example.chaos",
      Detail: JSON.stringify(request),
      ...entryFor(request),
    }));
    const { FailedEntryCount } = await events.send(new PutEventsCommand({ Entries }));
    if (FailedEntryCount !== 0) throw new Error(`EventBridge did not take ${FailedEntryCount} of the events.`);
  });
}

async function publish({ sns, doors }: Ways, asked: readonly Asked[], door: "topicArn" | "rawTopicArn"): Promise<void> {
  for (const operation of OPERATIONS) {
    const own = asked.filter((request) => request.operation === operation);
    await inBatches(own, async (batch) => {
      const PublishBatchRequestEntries = batch.map((request, index) => ({
        Id: String(index),
        Message: JSON.stringify(request),
      }));
      const TopicArn = doors[operation][door];
      const { Failed = [] } = await sns.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries }));
      if (Failed.length > 0) throw new Error(`SNS did not take ${Failed.length} of the messages.`);
    });
  }
}

const keyOf = ({ requestId }: Asked): string => `payloads/${requestId}.json`;

async function store({ s3, payloadBucket }: Ways, request: Asked): Promise<void> {
  await s3.send(new PutObjectCommand({ Bucket: payloadBucket, Key: keyOf(request), Body: JSON.stringify(request) }));
}

/** A pointer as the libraries write it: both classes, with the spaces of Python's and without. */
function pointers({ payloadBucket }: Ways, request: Asked): readonly string[] {
  const place = { s3BucketName: payloadBucket, s3Key: keyOf(request) };
  return [
    "software.amazon.payloadoffloading.PayloadS3Pointer",
    "com.amazon.sqs.javamessaging.MessageS3Pointer",
  ].flatMap((name) => [JSON.stringify([name, place]), JSON.stringify([name, place], undefined, 1)]);
}
