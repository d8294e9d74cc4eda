import type { RequestListener } from "node:http";
import {
  type ConnectEmulator,
  type ConnectEmulatorOptions,
  createConnectEmulator,
} from "./connect-emulator/connect-emulator.ts";
import { startDynalite } from "./dynalite/start-dynalite.ts";
import type { EndpointRoutes } from "./endpoint/local-endpoint.ts";
import type { Outages } from "./endpoint/outages.ts";
import { sqsJsonOnly } from "./endpoint/sqs-json-only.ts";
import { createEventBridge, type EventBridge, type PutEvent } from "./event-bridge/event-bridge.ts";
import { createFauxqsStores } from "./fauxqs/fauxqs-stores.ts";
import { type Fauxqs, startFauxqs } from "./fauxqs/start-fauxqs.ts";
import { type AccessParts, Authorizer } from "./iam/authorizer.ts";
import { guardService } from "./iam/guard-service.ts";
import { introspection } from "./introspection.ts";
import type { LambdaFunction } from "./lambda/lambda-function.ts";
import { answerLambdaCalls } from "./lambda-api/answer-lambda-calls.ts";
import type { RegisteredMapping } from "./lambda-api/registered-mapping.ts";
import { createQueueSender } from "./queue-sender.ts";
import { loadFilterPolicies } from "./sns/filter-policy.ts";
import { takeOverPublishing } from "./sns/take-over-publishing.ts";
import { TopicDelivery } from "./sns/topic-delivery.ts";
import { answerSsmCalls } from "./ssm/answer-ssm-calls.ts";
import { ParameterStore } from "./ssm/parameter-store.ts";
import { refuseExecutions } from "./step-functions/refuse-executions.ts";

const EMULATED_SERVICES = [
  "connect",
  "dynamodb",
  "events",
  "lambda",
  "s3",
  "sns",
  "sqs",
  "ssm",
  "states",
  "sts",
] as const;

/** A service that answers on the one endpoint, by its name in a request's signature. */
export type EmulatedService = (typeof EMULATED_SERVICES)[number];

/** What stands in for AWS. */
export interface RunningServices {
  readonly fauxqs: Fauxqs;
  readonly connect: ConnectEmulator;
  readonly eventBridge: EventBridge;
  readonly authorizer: Authorizer;
  /** By ARN. */
  readonly functions: Map<string, LambdaFunction>;
  /** By UUID. */
  readonly mappings: Map<string, RegisteredMapping>;
  readonly parameters: ParameterStore;
  readonly routes: EndpointRoutes;
  /** Ends deliveries and long polls at once; afterwards nothing is served. */
  stop(): Promise<void>;
}

export interface ServicesOptions {
  /** Whose services these are, and who may ask them for what. */
  readonly access: AccessParts;
  readonly seed: number;
  readonly connect: ConnectEmulatorOptions;
  /** Decides which of the services work. */
  readonly outages: Outages;
  /** Epoch milliseconds, as the functions' clocks have it. */
  readonly now: () => number;
  /** What a service has to say that no caller is told. */
  readonly onNotice: (line: string) => void;
  /** An event that no rule of its bus matches: nobody gets it, and no caller is told. */
  readonly onUnmatchedEvent: (put: PutEvent) => void;
}

/** Starts every service, in memory; nothing listens yet. */
export async function startServices(options: ServicesOptions): Promise<RunningServices> {
  const { access, seed, outages, now, onNotice, onUnmatchedEvent } = options;
  const { region, accountId } = access.stack;
  const stores = await createFauxqsStores();
  const authorizer = new Authorizer({ ...access, fauxqs: stores });
  const sender = createQueueSender(stores.sqsStore, (service, queueArn) => authorizer.refuseSend(service, queueArn));
  const topics = new TopicDelivery({
    snsStore: stores.snsStore,
    passesFilter: await loadFilterPolicies(),
    send: sender.send,
    now,
    log: onNotice,
  });
  const eventBridge = createEventBridge({
    region,
    accountId,
    seed,
    now,
    send: sender.send,
    log: onNotice,
    onUnmatched: onUnmatchedEvent,
  });
  const connect = createConnectEmulator({ region, accountId, ...options.connect });
  const fauxqs = await startFauxqs(region, stores, (app) => takeOverPublishing(app, topics));
  const functions = new Map<string, LambdaFunction>();
  const mappings = new Map<string, RegisteredMapping>();
  const parameters = new ParameterStore();
  const running = { fauxqs, connect, eventBridge, functions, mappings, parameters };
  const listeners = listenersOf(running, access.stack);
  const services = new Map(
    EMULATED_SERVICES.map((name) => [name, outages.guard(name, guardService(name, listeners[name], authorizer))]),
  );
  return {
    ...running,
    authorizer,
    routes: { services, introspection: introspection(fauxqs.sqsStore, listeners.connect) },
    stop: async () => {
      eventBridge.stop();
      topics.stop();
      sender.stop();
      await fauxqs.stop();
    },
  };
}

const listenersOf = (
  {
    fauxqs,
    connect,
    eventBridge,
    functions,
    mappings,
    parameters,
  }: Omit<RunningServices, "authorizer" | "routes" | "stop">,
  { region, accountId }: AccessParts["stack"],
): Readonly<Record<EmulatedService, RequestListener>> => ({
  connect: (request, response) => connect.handle(request, response),
  dynamodb: startDynalite(),
  events: eventBridge.handle,
  lambda: answerLambdaCalls({ region, accountId, functions, mappings }),
  s3: fauxqs.handle,
  sns: fauxqs.handle,
  sqs: sqsJsonOnly(fauxqs.handle),
  ssm: answerSsmCalls(parameters),
  states: refuseExecutions,
  sts: fauxqs.handle,
});
