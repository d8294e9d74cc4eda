import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type ConnectEmulator,
  type ConnectEmulatorOptions,
  createConnectEmulator,
} from "./connect-emulator/connect-emulator.ts";
import { type LocalEndpoint, openLocalEndpoint } from "./endpoint/local-endpoint.ts";
import { sqsJsonOnly } from "./endpoint/sqs-json-only.ts";
import { type Fauxqs, startFauxqs } from "./fauxqs/start-fauxqs.ts";
import { introspection } from "./introspection.ts";
import type { FunctionProcess } from "./lambda/lambda-function.ts";
import { type QueueDepth, queueDepths } from "./queue-depths.ts";
import { createStack } from "./resources/create-stack.ts";
import type { StackServices } from "./resources/stack-services.ts";
import { loadAssembly } from "./template/load-assembly.ts";

const DEFAULT_PORT = 4566;

export interface LocalSystemOptions {
  /** A synthesized cloud assembly (cdk.out) with exactly one stack. */
  readonly assemblyDirectory: string;
  /** Default 4566; 0 takes a free one. */
  readonly port?: number;
  /** Functions call this address in place of the Connect emulator. */
  readonly connectEndpoint?: string;
  /** Seeds everything random in the Connect emulator. */
  readonly seed?: number;
  /** Every line that a function writes, and what the runner has to say about it. */
  readonly onFunctionLog?: (functionName: string, line: string) => void;
  readonly connect?: ConnectEmulatorOptions;
}

/** The deployed system on this machine. */
export interface LocalSystem {
  /** `http://127.0.0.1:PORT`: SQS, S3, STS and Connect. */
  readonly endpoint: string;
  /** Queue name → queue URL, of the template's queues. */
  readonly queueUrls: Readonly<Record<string, string>>;
  /** The stack's outputs, resolved. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly connect: ConnectEmulator;
  /** How many messages each queue holds at this moment, by queue name. */
  queueDepths(): Readonly<Record<string, QueueDepth>>;
  /** The processes of all functions that are running at this moment. */
  functionProcesses(): readonly FunctionProcess[];
  /** Ends everything within two seconds and leaves no process behind, whatever is under way. */
  stop(): Promise<void>;
}

/**
 * Makes what the template describes and runs it. Rejects with a TemplateError for whatever the template uses and the
 * runner does not know, and with an Error that says what to do if the port is taken.
 */
export async function startLocalSystem(options: LocalSystemOptions): Promise<LocalSystem> {
  const assembly = await loadAssembly(options.assemblyDirectory);
  const { region, accountId } = assembly;
  const connect = createConnectEmulator({
    region,
    accountId,
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    ...options.connect,
  });
  const fauxqs = await startFauxqs(region);
  const opened = await openEndpoint(options.port ?? DEFAULT_PORT, fauxqs, connect);
  const services: StackServices = {
    endpoint: opened.address,
    fauxqs,
    endpointVariables: endpointVariables(opened.address, options.connectEndpoint),
    assetDirectories: assembly.assetDirectories,
    stagingDirectory: await mkdtemp(join(tmpdir(), "contact-requests-")),
    functions: new Map(),
    mappings: [],
    onFunctionLog: options.onFunctionLog ?? (() => undefined),
  };
  const running = { services, fauxqs, opened };
  const stop = once(async () => stopAll(running));
  try {
    const outputs = createStack(assembly, services);
    const queues = [...fauxqs.sqsStore.allQueues()];
    return {
      endpoint: opened.address,
      queueUrls: Object.fromEntries(queues.map(({ name, url }) => [name, url])),
      outputs,
      connect,
      queueDepths: () => queueDepths(fauxqs.sqsStore),
      functionProcesses: () => [...services.functions.values()].flatMap((lambda) => lambda.processes()),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function openEndpoint(port: number, fauxqs: Fauxqs, connect: ConnectEmulator): Promise<LocalEndpoint> {
  const handleConnect: ConnectEmulator["handle"] = (request, response) => connect.handle(request, response);
  const services = new Map([
    ["connect", handleConnect],
    ["s3", fauxqs.handle],
    ["sqs", sqsJsonOnly(fauxqs.handle)],
    ["sts", fauxqs.handle],
  ]);
  try {
    return await openLocalEndpoint(port, { services, introspection: introspection(fauxqs.sqsStore, handleConnect) });
  } catch (error) {
    await fauxqs.stop();
    throw error;
  }
}

function endpointVariables(endpoint: string, connectEndpoint: string | undefined): Record<string, string> {
  const all = { AWS_ENDPOINT_URL: endpoint };
  return connectEndpoint === undefined ? all : { ...all, AWS_ENDPOINT_URL_CONNECT: connectEndpoint };
}

interface Running {
  readonly services: StackServices;
  readonly fauxqs: Fauxqs;
  readonly opened: LocalEndpoint;
}

/** Polling first, so that no function is given new work; then the functions; then what they call. */
async function stopAll({ services, fauxqs, opened }: Running): Promise<void> {
  for (const mapping of services.mappings) mapping.stop();
  await Promise.all([...services.functions.values()].map(async (lambda) => lambda.stop()));
  await Promise.all([opened.close(), fauxqs.stop()]);
  await rm(services.stagingDirectory, { recursive: true, force: true });
}

function once(action: () => Promise<void>): () => Promise<void> {
  let result: Promise<void> | undefined;
  return async () => {
    result ??= action();
    return result;
  };
}
