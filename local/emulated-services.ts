import {
  type ConnectEmulator,
  type ConnectEmulatorOptions,
  createConnectEmulator,
} from "./connect-emulator/connect-emulator.ts";
import { startDynalite } from "./dynalite/start-dynalite.ts";
import type { EndpointRoutes } from "./endpoint/local-endpoint.ts";
import type { Outages } from "./endpoint/outages.ts";
import { sqsJsonOnly } from "./endpoint/sqs-json-only.ts";
import { type Fauxqs, startFauxqs } from "./fauxqs/start-fauxqs.ts";
import { introspection } from "./introspection.ts";

const EMULATED_SERVICES = ["connect", "dynamodb", "s3", "sqs", "sts"] as const;

/** A service that answers on the one endpoint, by its name in a request's signature. */
export type EmulatedService = (typeof EMULATED_SERVICES)[number];

/** What stands in for AWS. */
export interface RunningServices {
  readonly fauxqs: Fauxqs;
  readonly connect: ConnectEmulator;
  readonly routes: EndpointRoutes;
}

/** Starts every service, in memory; nothing listens yet. `outages` decides which of them work. */
export async function startServices(
  options: ConnectEmulatorOptions & { readonly region: string },
  outages: Outages,
): Promise<RunningServices> {
  const connect = createConnectEmulator(options);
  const fauxqs = await startFauxqs(options.region);
  const handleConnect: ConnectEmulator["handle"] = (request, response) => connect.handle(request, response);
  const listeners = {
    connect: handleConnect,
    dynamodb: startDynalite(),
    s3: fauxqs.handle,
    sqs: sqsJsonOnly(fauxqs.handle),
    sts: fauxqs.handle,
  };
  const services = new Map(EMULATED_SERVICES.map((name) => [name, outages.guard(name, listeners[name])]));
  return { fauxqs, connect, routes: { services, introspection: introspection(fauxqs.sqsStore, handleConnect) } };
}
