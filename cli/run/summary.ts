import { OPERATIONS } from "#shared/contract/operation.ts";
import type { ConnectCounts } from "./connect-counts.ts";
import { counted } from "./counted.ts";
import { type PerOperation, sumOver } from "./per-operation.ts";
import type { DeadLetterReason } from "./read-dead-letters.ts";

/** What happened in a run. */
export interface RunFacts {
  /** Messages that were put on the live queue. */
  readonly sent: PerOperation<number>;
  /** Lines that no queue took. */
  readonly notSent: number;
  readonly connect: PerOperation<ConnectCounts>;
  readonly deadLetters: PerOperation<readonly DeadLetterReason[]>;
  readonly elapsedMs: number;
}

/** The summary for programs. */
export interface Summary {
  readonly requests: number;
  readonly contacts: number;
  /** How many, by code. */
  readonly deadLetters: Readonly<Record<string, number>>;
  readonly throttled: number;
  readonly elapsedMs: number;
  /** Requests that were sent again with the same content and led to the contact that was there. Left out if there were none. */
  readonly repeats?: number;
}

export function summary({ sent, connect, deadLetters, elapsedMs }: RunFacts): Summary {
  const requests = sumOver(sent, (count) => count);
  const contacts = sumOver(connect, (counts) => counts.contacts);
  const repeats = requests - contacts - sumOver(deadLetters, (letters) => letters.length);
  return {
    requests,
    contacts,
    deadLetters: countByCode(OPERATIONS.flatMap((operation) => deadLetters[operation])),
    throttled: sumOver(connect, (counts) => counts.throttled),
    elapsedMs: Math.round(elapsedMs),
    ...(repeats > 0 && { repeats }),
  };
}

function countByCode(letters: readonly DeadLetterReason[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { code } of letters) counts.set(code, (counts.get(code) ?? 0) + 1);
  return Object.fromEntries([...counts].toSorted(([, one], [, other]) => other - one));
}

/**
 * What does not add up, as sentences. Every request that is no dead letter was answered by a successful call, and those
 * that made no contact were answered with one that was there already.
 */
export function discrepancies({ sent, connect, deadLetters }: RunFacts): readonly string[] {
  return OPERATIONS.flatMap((operation) => {
    const { contacts, repeats } = connect[operation];
    const good = sent[operation] - deadLetters[operation].length;
    if (contacts > good)
      return [`${operation}: ${counted(good, "request")} made ${counted(contacts, "contact")}, which is too many.`];
    if (contacts + repeats < good) {
      const lost = counted(good - contacts - repeats, "request");
      return [`${operation}: ${lost} became neither a contact nor a dead letter.`];
    }
    return [];
  });
}
