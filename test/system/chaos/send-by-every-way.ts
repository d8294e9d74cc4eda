import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { LocalSystem } from "#local/start-local-system.ts";
import type { ContactRequest } from "#shared/contract/contact-request.ts";
import { OPERATIONS } from "#shared/contract/operation.ts";
import { pointerBody } from "#shared/envelopes/payload-pointer.ts";
import { QueueClient } from "#test/support/queue-client.ts";
import { aNotification, eventFor } from "#test/support/wrappings.ts";

type Operation = ContactRequest["operation"];

/** A request as somebody asks for it, well or badly. */
export interface Asked {
  readonly operation: Operation;
  readonly requestId: string;
}

const WAYS = ["message", "event", "notification", "event in a notification", "pointer"] as const;

type Way = (typeof WAYS)[number];

/** As many entries as PutEvents takes. */
const MOST_ENTRIES = 10;

const PARALLEL_UPLOADS = 20;

/** Sends each of these in one of the ways in, as chance decides, so that a copy may come in another way than the first. */
export async function sendByEveryWay(
  system: LocalSystem,
  asked: readonly Asked[],
  random: () => number,
): Promise<void> {
  const byWay = Map.groupBy(asked, () => WAYS[Math.floor(random() * WAYS.length)] ?? "message");
  const of = (way: Way) => byWay.get(way) ?? [];
  await putEvents(system, of("event"));
  await sendBodies(system, [
    ...of("message").map((request) => ({ request, body: JSON.stringify(request) })),
    ...of("notification").map((request) => ({ request, body: notified(request) })),
    ...of("event in a notification").map((request) => ({ request, body: notified(eventFor(request)) })),
    ...(await offloaded(system, of("pointer"))),
  ]);
}

const notified = (message: object): string => JSON.stringify(aNotification(JSON.stringify(message)));

const placeOf = ({ endpoint }: LocalSystem) => ({
  endpoint,
  region: "us-east-1",
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
});

async function putEvents(system: LocalSystem, asked: readonly Asked[]): Promise<void> {
  const client = new EventBridgeClient(placeOf(system));
  const EventBusName = system.outputs["EventBusName"];
  for (let first = 0; first < asked.length; first += MOST_ENTRIES) {
    const Entries = asked.slice(first, first + MOST_ENTRIES).map((request) => ({
      EventBusName,
      Source: "com.example.chaos",
      DetailType: request.operation,
      Detail: JSON.stringify(request),
    }));
    const { FailedEntryCount } = await client.send(new PutEventsCommand({ Entries }));
    if (FailedEntryCount !== 0) throw new Error(`EventBridge did not take ${FailedEntryCount} of the events.`);
  }
  client.destroy();
}

interface Body {
  readonly request: Asked;
  readonly body: string;
}

async function offloaded(system: LocalSystem, asked: readonly Asked[]): Promise<readonly Body[]> {
  const client = new S3Client({ ...placeOf(system), forcePathStyle: true });
  const bucket = system.outputs["PayloadBucketName"] ?? "";
  const bodies: Body[] = [];
  for (let first = 0; first < asked.length; first += PARALLEL_UPLOADS) {
    const stored = asked.slice(first, first + PARALLEL_UPLOADS).map(async (request, index) => {
      const key = `payloads/chaos-${first + index}.json`;
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: JSON.stringify(request) }));
      return { request, body: pointerBody({ bucket, key }) };
    });
    bodies.push(...(await Promise.all(stored)));
  }
  client.destroy();
  return bodies;
}

async function sendBodies(system: LocalSystem, bodies: readonly Body[]): Promise<void> {
  const upstream = new QueueClient(system);
  for (const operation of OPERATIONS) {
    const own = bodies.filter(({ request }) => request.operation === operation);
    await upstream.send(
      operation,
      own.map(({ body }) => body),
    );
  }
}
