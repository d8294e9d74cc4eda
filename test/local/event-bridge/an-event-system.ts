import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from "@aws-sdk/client-eventbridge";
import type { LocalSystemOptions } from "#local/start-local-system.ts";
import { aLocalSystem, type RunningSystem } from "../support/a-local-system.ts";
import { aQueueFor } from "../support/a-queue-for.ts";

export interface EventSystem extends RunningSystem {
  readonly events: EventBridgeClient;
}

export interface EventSystemOverrides {
  readonly rule?: Readonly<Record<string, unknown>>;
  readonly target?: Readonly<Record<string, unknown>>;
  readonly resources?: Readonly<Record<string, unknown>>;
  readonly options?: Partial<LocalSystemOptions>;
}

/**
 * The bus `requests` with the rule `orders`: events whose detail-type is `order` go to the queue `work`, and what cannot be
 * delivered to `undeliverable`.
 */
export async function anEventSystem(overrides: EventSystemOverrides = {}): Promise<EventSystem> {
  const running = await aLocalSystem({ Resources: anEventBus(overrides) }, overrides.options);
  return { ...running, events: anEventsClient(running.system.endpoint) };
}

export const anEventBus = ({ rule, target, resources }: EventSystemOverrides = {}) => ({
  ...aQueueFor("events", "work"),
  ...aQueueFor("events", "undeliverable"),
  Bus: { Type: "AWS::Events::EventBus", Properties: { Name: "requests" } },
  Rule: {
    Type: "AWS::Events::Rule",
    Properties: {
      Name: "orders",
      EventBusName: { Ref: "Bus" },
      EventPattern: { "detail-type": ["order"] },
      Targets: [
        {
          Id: "Target0",
          Arn: { "Fn::GetAtt": ["workQueue", "Arn"] },
          DeadLetterConfig: { Arn: { "Fn::GetAtt": ["undeliverableQueue", "Arn"] } },
          ...target,
        },
      ],
      ...rule,
    },
  },
  ...resources,
});

/** A client that makes one attempt. */
const anEventsClient = (endpoint: string): EventBridgeClient =>
  new EventBridgeClient({
    endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
  });

/** An event that the rule `orders` matches. */
export const anEntry = (overrides: Partial<PutEventsRequestEntry> = {}): PutEventsRequestEntry => ({
  EventBusName: "requests",
  Source: "billing",
  DetailType: "order",
  Detail: `{"id":1}`,
  ...overrides,
});

export const put = async ({ events }: EventSystem, ...Entries: PutEventsRequestEntry[]) =>
  await events.send(new PutEventsCommand({ Entries }));
