import type { ContactKind } from "./contact-kind.ts";
import type { FaultName } from "./fault-settings.ts";
import type { OperationName } from "./operation-name.ts";

interface OperationStats {
  readonly calls: number;
  /** By exception name, "200" for success, "none" where the connection was cut or stayed silent. */
  readonly answers: Readonly<Record<string, number>>;
  /** Refused by the token bucket. Throttles that are faults are counted among the faults. */
  readonly throttled: number;
  readonly contacts: number;
  /** Calls that were answered with a contact that was there already. */
  readonly repeats: number;
  readonly faults: Readonly<Partial<Record<FaultName, number>>>;
}

export interface EmulatorStats {
  readonly operations: Readonly<Record<OperationName, OperationStats>>;
  /** Calls that reached no operation, by exception name: unknown paths, no signature. */
  readonly refusedBeforeOperation: Readonly<Record<string, number>>;
  readonly openContacts: Readonly<Record<ContactKind, number>>;
}

interface Counters {
  calls: number;
  throttled: number;
  contacts: number;
  repeats: number;
  readonly answers: Map<string, number>;
  readonly faults: Map<string, number>;
}

/** Counts what happened to calls. */
export class CallStats {
  readonly #counters = new Map<OperationName, Counters>();
  readonly #refusedBeforeOperation = new Map<string, number>();

  called(operation: OperationName): void {
    this.#of(operation).calls += 1;
  }

  throttled(operation: OperationName): void {
    this.#of(operation).throttled += 1;
  }

  made(operation: OperationName): void {
    this.#of(operation).contacts += 1;
  }

  repeated(operation: OperationName): void {
    this.#of(operation).repeats += 1;
  }

  struck(operation: OperationName, fault: FaultName): void {
    increment(this.#of(operation).faults, fault);
  }

  answered(operation: OperationName, answer: string): void {
    increment(this.#of(operation).answers, answer);
  }

  refusedBeforeOperation(name: string): void {
    increment(this.#refusedBeforeOperation, name);
  }

  snapshot(openContacts: Readonly<Record<ContactKind, number>>): EmulatorStats {
    const shown = (operation: OperationName): OperationStats => {
      const { answers, faults, ...counts } = this.#of(operation);
      return { ...counts, answers: Object.fromEntries(answers), faults: Object.fromEntries(faults) };
    };
    return {
      operations: {
        StartEmailContact: shown("StartEmailContact"),
        StartOutboundEmailContact: shown("StartOutboundEmailContact"),
        CreateContact: shown("CreateContact"),
        StartOutboundChatContact: shown("StartOutboundChatContact"),
        StopContact: shown("StopContact"),
      },
      refusedBeforeOperation: Object.fromEntries(this.#refusedBeforeOperation),
      openContacts,
    };
  }

  #of(operation: OperationName): Counters {
    const known = this.#counters.get(operation);
    if (known !== undefined) return known;
    const fresh = { calls: 0, throttled: 0, contacts: 0, repeats: 0, answers: new Map(), faults: new Map() };
    this.#counters.set(operation, fresh);
    return fresh;
  }
}

const increment = (counts: Map<string, number>, name: string): void => {
  counts.set(name, (counts.get(name) ?? 0) + 1);
};
