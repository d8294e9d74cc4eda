import {
  FAULT_SCOPES,
  type FaultName,
  type FaultRule,
  type FaultScope,
  type FaultSettings,
  type FaultsUpdate,
} from "./fault-settings.ts";
import type { OperationName } from "./operation-name.ts";
import { type SeededRandom, seededRandom } from "./seeded-random.ts";

interface ArmedRule {
  readonly rule: FaultRule;
  readonly random: SeededRandom;
  asked: number;
}

/** A fault that strikes, with the delay drawn for it, if it is one. */
export interface StruckFault {
  readonly rule: FaultRule;
  readonly delayMs: number;
}

/**
 * Decides which calls go wrong. A rule's stream of random numbers starts when it is set and belongs to scope and fault: with the same
 * seed, the same settings and the same order of calls the same calls go wrong.
 */
export class Faults {
  readonly #seed: number;
  readonly #armed = new Map<string, ArmedRule>();

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** What is left out stays as it is, counters included. */
  update(update: FaultsUpdate): void {
    for (const scope of FAULT_SCOPES) {
      const rules = update[scope];
      if (rules === null) this.#disarm(scope);
      for (const [fault, rule] of Object.entries(rules ?? {})) {
        this.#set(keyOf(scope, fault), rule);
      }
    }
  }

  clear(): void {
    this.#armed.clear();
  }

  /** The rules in force, as they could be set again: `next` says how many are left; a rule that is spent is gone. */
  settings(): FaultSettings {
    const scopes = FAULT_SCOPES.map((scope) => {
      const own = [...this.#armed]
        .filter(([key]) => key.startsWith(keyOf(scope, "")))
        .map(([key, armed]) => [key.slice(keyOf(scope, "").length), shown(armed)] as const)
        .filter(([, rule]) => rule.next !== 0);
      return [scope, Object.fromEntries(own)];
    });
    return Object.fromEntries(scopes.filter(([, rules]) => Object.keys(rules ?? {}).length > 0));
  }

  /** Asks for a call at the one place where this fault could strike it. */
  strike(fault: FaultName, operation: OperationName): StruckFault | undefined {
    const armed = this.#armed.get(keyOf(operation, fault)) ?? this.#armed.get(keyOf("all", fault));
    if (armed === undefined) return undefined;
    armed.asked += 1;
    if (!strikesNow(armed)) return undefined;
    const { minMs = 0, maxMs = 0 } = armed.rule;
    return { rule: armed.rule, delayMs: minMs + armed.random() * (maxMs - minMs) };
  }

  #set(key: string, rule: FaultRule | null | undefined): void {
    if (rule === undefined) return;
    if (rule === null) this.#armed.delete(key);
    else this.#armed.set(key, { rule, random: seededRandom(this.#seed, key), asked: 0 });
  }

  #disarm(scope: FaultScope): void {
    for (const key of [...this.#armed.keys()]) {
      if (key.startsWith(keyOf(scope, ""))) this.#armed.delete(key);
    }
  }
}

const keyOf = (scope: FaultScope, fault: string): string => `${scope}/${fault}`;

function strikesNow({ rule, random, asked }: ArmedRule): boolean {
  if (rule.probability !== undefined) return random() < rule.probability;
  if (rule.every !== undefined) return asked % rule.every === 0;
  return asked <= (rule.next ?? 0);
}

const shown = ({ rule, asked }: ArmedRule): FaultRule =>
  rule.next === undefined ? rule : { ...rule, next: Math.max(0, rule.next - asked) };
