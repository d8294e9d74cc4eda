import { expect } from "@jest/globals";
import { seededRandom } from "#local/connect-emulator/seeded-random.ts";
import type { LocalSystem } from "#local/start-local-system.ts";
import { OPERATIONS } from "#shared/contract/operation.ts";
import { contactStarted } from "#shared/outcomes/contact-started.ts";
import { aLocalDeployment } from "#test/support/a-local-deployment.ts";
import { aRequestFor } from "#test/support/a-request-for.ts";
import { eventually } from "#test/support/eventually.ts";
import { QueueClient, type ReadDeadLetter } from "#test/support/queue-client.ts";
import { quotaOfEach, SMALL_TIMES } from "#test/support/small-times.ts";
import { type Effect, readEffects } from "./effects.ts";
import { makeTrouble } from "./make-trouble.ts";
import { type Asked, sendByEveryWay } from "./send-by-every-way.ts";
import { waiting } from "./waiting.ts";

/** How many requests a run sends; a tenth of them cannot become a contact. */
const REQUESTS = 2_000;

/** A raised quota and small times, so that what takes days with Connect takes seconds here. */
const SETTINGS = {
  ...SMALL_TIMES,
  quotas: quotaOfEach({ ratePerSecond: 150, burst: 50 }),
  retry: { backoffBaseSeconds: 0.05, backoffMaxSeconds: 1 },
  pause: { firstSeconds: 0.5, maxSeconds: 0.5 },
};

const FAULTS = {
  lostAnswer: { probability: 0.05 },
  internalErrorBefore: { probability: 0.03 },
  internalErrorAfter: { probability: 0.03 },
  // Few: each one slows the whole deployment down for half a minute, as it should.
  throttled: { every: 250 },
  connectionReset: { probability: 0.02 },
  delayAfter: { probability: 0.05, minMs: 20, maxMs: 300 },
};

export interface ChaosOptions {
  readonly seed: number;
  readonly repeatedToken: "same-contact" | "idempotency-exception";
}

const ASKED: readonly Asked[] = Array.from({ length: REQUESTS }, (_, index) => {
  const operation = OPERATIONS[index % OPERATIONS.length] ?? "CreateContact";
  return aRequestFor(operation, `chaos/${index}`);
});

// Two in twenty-one: prime to the number of operations, so that each has its part of them.
const isBad = (index: number): boolean => index % 21 === 9 || index % 21 === 19;
const GOOD = ASKED.filter((_, index) => !isBad(index));
const BAD = ASKED.filter((_, index) => isBad(index)).map((request) => ({ ...request, input: {} }));

/**
 * Sends 2,000 requests over all operations through every way in, 10 % of them twice and 5 % three times, while Connect
 * loses and delays answers and fails, workers are killed, messages come again while they are worked on, and the state
 * table, the payloads and the event bus go away. Then states what must hold.
 */
export async function runChaos({ seed, repeatedToken }: ChaosOptions): Promise<void> {
  const deployment = await aLocalDeployment({
    settings: SETTINGS,
    seed,
    connect: {
      settings: {
        quota: { all: { ratePerSecond: 600, burst: 200 } },
        caps: { chat: REQUESTS, email: 2 * REQUESTS, task: REQUESTS },
        repeatedToken,
      },
      faults: { all: FAULTS },
    },
  });
  try {
    await sendByEveryWay(deployment.system, copiesOf(seed), seededRandom(seed, "ways in"));
    await makeTrouble(deployment, seed);
    await eventually(() => expect(waiting(deployment.system)).toEqual([]));
    const upstream = new QueueClient(deployment.system);
    const letters = (await Promise.all(OPERATIONS.map((operation) => upstream.takeDeadLetters(operation)))).flat();
    await stateWhatHolds(deployment.system, letters, repeatedToken);
  } finally {
    await deployment.stop();
  }
}

function copiesOf(seed: number): readonly Asked[] {
  const random = seededRandom(seed, "order");
  return [...GOOD, ...BAD]
    .flatMap((request, index) => Array<Asked>(index % 20 === 3 ? 3 : index % 10 === 5 ? 2 : 1).fill(request))
    .map((request) => ({ request, place: random() }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ request }) => request);
}

/** What says that a token was refused: outbound chat has no IdempotencyException, and a second message is not sent at all. */
const REFUSED_TOKEN = ["IdempotencyException", "ConflictException", "OutcomeUnknown"];

async function stateWhatHolds(
  system: LocalSystem,
  letters: readonly ReadDeadLetter[],
  repeatedToken: ChaosOptions["repeatedToken"],
): Promise<void> {
  const effects = await readEffects(system);
  const lettersOf = Map.groupBy(letters, ({ reason }) => reason.requestId ?? "none");
  const doubted = GOOD.filter(({ requestId }) => lettersOf.has(requestId));
  if (repeatedToken === "same-contact") expect(doubted).toEqual([]);

  // No call of a request has two effects, and nobody else has one.
  const contactsOfGood = GOOD.flatMap(effects).map(({ contacts }) => contacts.length);
  expect(GOOD.filter((request) => effects(request).some(({ contacts }) => contacts.length > 1))).toEqual([]);
  expect(system.connect.contacts()).toHaveLength(contactsOfGood.reduce((sum, count) => sum + count, 0));
  expect(BAD.filter(({ requestId }) => !lettersOf.has(requestId))).toEqual([]);

  // A good request has all its effects; where a token was refused, at least the one that the refusal speaks of.
  expect(GOOD.filter((request) => effects(request)[0]?.contacts.length !== 1)).toEqual([]);
  const certain = GOOD.filter((request) => !doubted.includes(request));
  expect(certain.filter((request) => !effects(request).every(isKnown))).toEqual([]);
  expect(untold(system, certain, effects)).toEqual([]);

  const reasons = doubted.flatMap(({ requestId }) => lettersOf.get(requestId) ?? []).map(({ reason }) => reason);
  expect(reasons.filter(({ code, contact }) => contact !== "unknown" || !REFUSED_TOKEN.includes(code))).toEqual([]);
  stateThatTroubleStruck(system);
}

/** Ledger and Connect agree on the one contact of a call. */
const isKnown = ({ contacts: [contact, ...others], item }: Effect): boolean =>
  contact !== undefined &&
  others.length === 0 &&
  item?.["state"] === "started" &&
  item["contactId"] === contact.contactId;

/** The requests whose contact was not told on the bus. */
function untold(
  system: LocalSystem,
  requests: readonly Asked[],
  effects: (request: Asked) => readonly Effect[],
): readonly Asked[] {
  const started = system.eventBridge.events().filter(({ event }) => event["detail-type"] === "Contact Started");
  const told = new Map(
    started.map(({ event }) => contactStarted.parse(event.detail)).map((one) => [one.requestId, one]),
  );
  return requests.filter((request) => {
    const contactId = effects(request).at(-1)?.contacts[0]?.contactId;
    return told.get(request.requestId)?.contactId !== contactId;
  });
}

/** Chaos that did nothing would prove nothing. */
function stateThatTroubleStruck(system: LocalSystem): void {
  const struck = Object.values(system.connect.stats().operations).map(({ faults }) => faults);
  for (const fault of Object.keys(FAULTS)) {
    const times = struck.map((faults) => new Map<string, number>(Object.entries(faults)).get(fault) ?? 0);
    expect(times.reduce((sum, each) => sum + each, 0)).toBeGreaterThan(0);
  }
}
