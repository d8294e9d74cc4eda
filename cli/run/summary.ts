import { OPERATIONS } from "#shared/contract/operation.ts";
import type { ConnectCounts } from "./connect-counts.ts";
import type { WayCounts } from "./count-by-way.ts";
import { counted } from "./counted.ts";
import { type PerOperation, sumOver } from "./per-operation.ts";
import type { DeadLetterReason } from "./read-dead-letters.ts";
import type { WayIn } from "./ways/way-in.ts";

/** What happened in a run. */
export interface RunFacts {
  /** Requests, by whatever way they came in. */
  readonly sent: PerOperation<number>;
  /** Lines that no queue took. */
  readonly notSent: number;
  readonly connect: PerOperation<ConnectCounts>;
  readonly deadLetters: PerOperation<readonly DeadLetterReason[]>;
  readonly elapsedMs: number;
  /** Those among them that came in by another way than as a plain message. */
  readonly otherWays: readonly WayCounts[];
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
  /** How many requests came in by each way. Left out where all were plain messages. */
  readonly ways?: Readonly<Partial<Record<WayIn, number>>>;
}

export function summary(facts: RunFacts): Summary {
  const { sent, connect, deadLetters, elapsedMs, otherWays } = facts;
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
    ...(otherWays.length > 0 && {
      ways: Object.fromEntries(waysOf(facts).map(({ way, requests }) => [way, requests])),
    }),
  };
}

/** What became of the requests, by the way in which they came in: plain messages first. */
export function waysOf({ sent, connect, deadLetters, otherWays }: RunFacts): readonly WayCounts[] {
  const others = (member: Exclude<keyof WayCounts, "way">) =>
    otherWays.reduce((sum, counts) => sum + counts[member], 0);
  const messages = {
    way: "message",
    requests: sumOver(sent, (count) => count) - others("requests"),
    contacts: sumOver(connect, (counts) => counts.contacts) - others("contacts"),
    deadLetters: sumOver(deadLetters, (letters) => letters.length) - others("deadLetters"),
  } as const;
  return [messages, ...otherWays];
}

function countByCode(letters: readonly DeadLetterReason[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { code } of letters) counts.set(code, (counts.get(code) ?? 0) + 1);
  return Object.fromEntries([...counts].toSorted(([, one], [, other]) => other - one));
}

/**
 * What does not add up, as sentences. Of every request that is no dead letter a contact was told, and of those that made
 * none the one that was there already.
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
