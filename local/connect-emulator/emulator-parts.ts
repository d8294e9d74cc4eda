import type { CallQuotas } from "./call-quotas.ts";
import type { CallStats } from "./call-stats.ts";
import type { EmulatorClock } from "./emulator-clock.ts";
import type { EmulatorSettings } from "./emulator-settings.ts";
import type { FaultName } from "./fault-settings.ts";
import type { Faults, StruckFault } from "./faults.ts";
import type { OperationName } from "./operation-name.ts";

/** What everything that takes part in a call shares. */
export interface EmulatorParts {
  readonly seed: number;
  readonly region: string;
  readonly accountId: string;
  /** The settings as they are now. */
  settings(): EmulatorSettings;
  readonly clock: EmulatorClock;
  readonly quotas: CallQuotas;
  readonly faults: Faults;
  readonly stats: CallStats;
}

/** Whether the fault strikes this call. One that does is counted. */
export function struckBy(fault: FaultName, operation: OperationName, parts: EmulatorParts): StruckFault | undefined {
  const struck = parts.faults.strike(fault, operation);
  if (struck !== undefined) parts.stats.struck(operation, fault);
  return struck;
}
