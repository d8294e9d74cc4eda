import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { refused } from "./answer.ts";
import { CallQuotas } from "./call-quotas.ts";
import { CallStats, type EmulatorStats } from "./call-stats.ts";
import { ConnectInstances } from "./connect-instances.ts";
import { CONTROL_PATH, ControlApi } from "./control-api.ts";
import type { EmulatedContact } from "./emulated-contact.ts";
import { EmulatorClock } from "./emulator-clock.ts";
import type { EmulatorParts } from "./emulator-parts.ts";
import { DEFAULT_SETTINGS, type EmulatorSettings, type SettingsUpdate, withSettings } from "./emulator-settings.ts";
import { type FaultsUpdate, parseFaultsUpdate } from "./fault-settings.ts";
import { Faults } from "./faults.ts";
import type { ParsedSetting } from "./parse-setting.ts";
import { sendAnswer } from "./send-answer.ts";
import { ServedCalls } from "./served-calls.ts";

export interface ConnectEmulatorOptions {
  /** Decides contact ids and faults. @default 1 */
  readonly seed?: number;
  /** Epoch milliseconds. @default the system's clock */
  readonly now?: () => number;
  /** What differs from DEFAULT_SETTINGS. */
  readonly settings?: SettingsUpdate;
  /** @default none */
  readonly faults?: FaultsUpdate;
  /** Of the ARNs in answers. @default us-east-1 */
  readonly region?: string;
  /** Of the ARNs in answers. @default 000000000000 */
  readonly accountId?: string;
}

export interface ConnectEmulator {
  /**
   * Serves one request, to Connect or to /_local/…. Nothing may have read its body before. It never throws and always takes care of the
   * response, so it can be mounted in a server beside other services.
   */
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** Every contact made, in the order of making. */
  contacts(): readonly EmulatedContact[];
  stats(): EmulatorStats;
  /** Changes what is named and keeps the rest. Throws an error that says what is wrong and lists what there is. */
  configure(changes: SettingsUpdate): void;
  /** Changes the faults as POST /_local/faults does. Throws as `configure` does. */
  setFaults(update: FaultsUpdate): void;
}

/** Amazon Connect's five contact operations, in memory. All that is random follows from the seed. */
export function createConnectEmulator(options: ConnectEmulatorOptions = {}): ConnectEmulator {
  const seed = options.seed ?? 1;
  let settings = parsedOrThrow(withSettings(DEFAULT_SETTINGS, options.settings ?? {}));
  const parts: EmulatorParts = {
    seed,
    region: options.region ?? "us-east-1",
    accountId: options.accountId ?? "000000000000",
    settings: () => settings,
    clock: new EmulatorClock(options.now ?? Date.now),
    quotas: new CallQuotas(),
    faults: new Faults(seed),
    stats: new CallStats(),
  };
  const configure = (changes: unknown): ParsedSetting<EmulatorSettings> => {
    const changed = withSettings(settings, changes);
    if (changed.ok) settings = changed.value;
    return changed;
  };
  const instances = new ConnectInstances(parts);
  const calls = new ServedCalls(instances, parts);
  const control = new ControlApi({ instances, parts, configure });
  const emulator: ConnectEmulator = {
    handle: (request, response) => {
      const isControl = request.url?.startsWith(CONTROL_PATH) === true;
      const served = isControl ? control.serve(request, response) : calls.serve({ request, response });
      served.catch((cause: unknown) => showBug(cause, response));
    },
    contacts: () => instances.contacts.list(),
    stats: () => parts.stats.snapshot(instances.open.totals()),
    configure: (changes) => void parsedOrThrow(configure(changes)),
    setFaults: (update) => parts.faults.update(parsedOrThrow(parseFaultsUpdate(update))),
  };
  emulator.setFaults(options.faults ?? {});
  return emulator;
}

function parsedOrThrow<Value>(parsed: ParsedSetting<Value>): Value {
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.value;
}

/** A bug of the emulator must show at the caller, and not end the process that it is mounted in. */
function showBug(cause: unknown, response: ServerResponse): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const reason = cause instanceof Error ? (cause.stack ?? cause.message) : "";
  sendAnswer(refused("InternalFailure", `The Connect emulator has a bug: ${reason}`), randomUUID(), response);
}
