import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { ConnectEmulator, ConnectEmulatorOptions } from "./connect-emulator/connect-emulator.ts";
import { type EmulatedService, type RunningServices, startServices } from "./emulated-services.ts";
import { type LocalEndpoint, openLocalEndpoint } from "./endpoint/local-endpoint.ts";
import { type Outage, Outages } from "./endpoint/outages.ts";
import type { EventBridge, PutEvent } from "./event-bridge/event-bridge.ts";
import type { AccessParts } from "./iam/authorizer.ts";
import type { Policies } from "./iam/decide.ts";
import { Rights } from "./iam/rights.ts";
import type { FunctionProcess } from "./lambda/lambda-function.ts";
import { type QueueDepth, queueDepths } from "./queue-depths.ts";
import { createStack } from "./resources/create-stack.ts";
import type { StackServices } from "./resources/stack-services.ts";
import { showMessagesInFlight } from "./show-messages-in-flight.ts";
import { tableItems } from "./table-items.ts";
import { loadAssembly } from "./template/load-assembly.ts";
import type { StackIdentity } from "./template/stack-identity.ts";

const DEFAULT_PORT = 4566;

export interface LocalSystemOptions {
  /** A synthesized cloud assembly (cdk.out) with exactly one stack. */
  readonly assemblyDirectory: string;
  /** Default 4566; 0 takes a free one. */
  readonly port?: number;
  /** Functions call this address in place of the Connect emulator. */
  readonly connectEndpoint?: string;
  /** Seeds everything random in the Connect emulator and on the event buses. */
  readonly seed?: number;
  /** Every line that a function writes, and what the runner has to say about it. */
  readonly onFunctionLog?: (functionName: string, line: string) => void;
  /** What AWS would tell nobody: an event or a notification that is lost, and why. */
  readonly onNotice?: (line: string) => void;
  /** An event on a bus that no rule matches: AWS takes it, and nobody gets it. */
  readonly onUnmatchedEvent?: (put: PutEvent) => void;
  readonly connect?: ConnectEmulatorOptions;
  /** Hears of everything that a function, or a service of AWS, asks for, and whether its rights allow it. */
  readonly onAsked?: AccessParts["onAsked"];
}

/** The deployed system on this machine. */
export interface LocalSystem {
  /** `http://127.0.0.1:PORT`: SQS, SNS, S3, STS, DynamoDB, EventBridge, Connect, parameters and mappings. */
  readonly endpoint: string;
  /** Queue name → queue URL, of the template's queues. */
  readonly queueUrls: Readonly<Record<string, string>>;
  /** The stack's outputs, resolved. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly connect: ConnectEmulator;
  /** What was put on each bus, in order, and the faults of EventBridge. */
  readonly eventBridge: Pick<EventBridge, "events" | "setFaults">;
  /** Who may do what, by the template and by the queues' policies at this moment. */
  readonly policies: Policies;
  /** How many messages each queue holds at this moment, by queue name. */
  queueDepths(): Readonly<Record<string, QueueDepth>>;
  /** The processes of all functions that are running at this moment. */
  functionProcesses(): readonly FunctionProcess[];
  /** Delivers every message that is hidden once more, also while its last delivery is at work. */
  showMessagesInFlight(): void;
  /** Every item that a table holds at this moment. Rejects while DynamoDB is in an outage. */
  tableItems(tableName: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /**
   * Moves time by so much for everything that the system's code and Connect see of it: the clocks of the functions'
   * processes, also of those that start later, and the emulator's. Resolves when every process has its new time. Timers
   * are not moved, and neither is SQS: its timestamps, delays and visibility timeouts stay with the machine's clock.
   */
  moveClock(byMs: number): Promise<void>;
  /** Lets a service fail, for everybody who calls it, until `endOutage`. */
  beginOutage(service: EmulatedService, outage: Outage): void;
  endOutage(service: EmulatedService): void;
  /** Ends everything within two seconds and leaves no process behind, whatever is under way. */
  stop(): Promise<void>;
}

/**
 * Makes what the template describes and runs it. Rejects with a TemplateError for whatever the template uses and the
 * runner does not know, and with an Error that says what to do if the port is taken.
 */
export async function startLocalSystem(options: LocalSystemOptions): Promise<LocalSystem> {
  const assembly = await loadAssembly(options.assemblyDirectory);
  const outages = new Outages();
  const rights = new Rights(assembly);
  let clockOffsetMs = 0;
  const onFunctionLog = options.onFunctionLog ?? ignore;
  const emulated = await startServices({
    access: { stack: assembly, rights, onAsked: options.onAsked },
    seed: options.seed ?? 1,
    connect: connectOptions(options, assembly, () => clockOffsetMs),
    outages,
    now: () => Date.now() + clockOffsetMs,
    onNotice: options.onNotice ?? ignore,
    onUnmatchedEvent: options.onUnmatchedEvent ?? ignore,
  });
  const { fauxqs, connect, eventBridge, authorizer, mappings, parameters } = emulated;
  const opened = await openEndpoint(options.port ?? DEFAULT_PORT, emulated);
  const services: StackServices = {
    endpoint: opened.address,
    fauxqs,
    eventBridge,
    rights,
    authorizer,
    dynamodb: dynamoDbClient(opened.address, assembly.region),
    endpointVariables: endpointVariables(opened.address, options.connectEndpoint),
    clockOffsetMs: () => clockOffsetMs,
    assetDirectories: assembly.assetDirectories,
    stagingDirectory: await mkdtemp(join(tmpdir(), "contact-requests-")),
    functions: emulated.functions,
    mappings,
    parameters,
    onFunctionLog,
  };
  const functions = () => [...services.functions.values()];
  const stop = once(async () => stopAll({ services, emulated, opened }));
  try {
    const outputs = await createStack(assembly, services);
    const queues = [...fauxqs.sqsStore.allQueues()];
    return {
      endpoint: opened.address,
      queueUrls: Object.fromEntries(queues.map(({ name, url }) => [name, url])),
      outputs,
      connect,
      eventBridge,
      policies: authorizer.policies,
      queueDepths: () => queueDepths(fauxqs.sqsStore),
      functionProcesses: () => functions().flatMap((lambda) => lambda.processes()),
      showMessagesInFlight: () => showMessagesInFlight(fauxqs.sqsStore),
      tableItems: async (tableName) => await tableItems(services.dynamodb, tableName),
      moveClock: async (byMs) => {
        clockOffsetMs += byMs;
        await Promise.all(functions().map(async (lambda) => lambda.moveClocks()));
      },
      beginOutage: (service, outage) => outages.begin(service, outage),
      endOutage: (service) => outages.end(service),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

const ignore = (): void => undefined;

/** The emulator's time is the functions' time, on top of whatever clock it is given. */
function connectOptions(
  { seed, connect = {} }: LocalSystemOptions,
  { region, accountId }: StackIdentity,
  clockOffsetMs: () => number,
): ConnectEmulatorOptions & { readonly region: string } {
  const { now = Date.now } = connect;
  return { region, accountId, ...(seed !== undefined && { seed }), ...connect, now: () => now() + clockOffsetMs() };
}

async function openEndpoint(port: number, { routes, stop }: RunningServices): Promise<LocalEndpoint> {
  try {
    return await openLocalEndpoint(port, routes);
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The runner's own client, for making tables and looking into them. */
const dynamoDbClient = (endpoint: string, region: string): DynamoDBClient =>
  new DynamoDBClient({ endpoint, region, credentials: { accessKeyId: "local-runner", secretAccessKey: "local" } });

function endpointVariables(endpoint: string, connectEndpoint: string | undefined): Record<string, string> {
  const all = { AWS_ENDPOINT_URL: endpoint };
  return connectEndpoint === undefined ? all : { ...all, AWS_ENDPOINT_URL_CONNECT: connectEndpoint };
}

interface Running {
  readonly services: StackServices;
  readonly emulated: RunningServices;
  readonly opened: LocalEndpoint;
}

/** Polling first, so that no function is given new work; then the functions; then what they call. */
async function stopAll({ services, emulated, opened }: Running): Promise<void> {
  for (const { mapping } of services.mappings.values()) mapping.stop();
  await Promise.all([...services.functions.values()].map(async (lambda) => lambda.stop()));
  services.dynamodb.destroy();
  await Promise.all([opened.close(), emulated.stop()]);
  await rm(services.stagingDirectory, { recursive: true, force: true });
}

function once(action: () => Promise<void>): () => Promise<void> {
  let result: Promise<void> | undefined;
  return async () => {
    result ??= action();
    return result;
  };
}
