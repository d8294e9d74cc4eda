import { expect } from "@jest/globals";
import { seededRandom } from "#local/connect-emulator/seeded-random.ts";
import type { LocalSystem } from "#local/start-local-system.ts";
import { clientToken } from "#shared/client-token.ts";
import type { ContactRequest } from "#shared/contract/contact-request.ts";
import { OPERATIONS } from "#shared/contract/operation.ts";
import { aLocalDeployment } from "#test/support/a-local-deployment.ts";
import { aRequestFor } from "#test/support/a-request-for.ts";
import { AN_INSTANCE } from "#test/support/a-worker.ts";
import { eventually } from "#test/support/eventually.ts";
import { QueueClient, type ReadDeadLetter } from "#test/support/queue-client.ts";
import { quotaOfEach, SMALL_TIMES } from "#test/support/small-times.ts";
import { makeTrouble } from "./make-trouble.ts";
import { waiting } from "./waiting.ts";

/** How many requests a run sends; a tenth of them cannot become a contact. */
const REQUESTS = 2_000;

/** A raised quota and small times, so that what takes days with Connect takes seconds here. */
const QUOTA = { ratePerSecond: 150, burst: 50 };
const SETTINGS = {
  ...SMALL_TIMES,
  quotas: quotaOfEach(QUOTA),
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

interface Sent {
  readonly request: ContactRequest;
  readonly body: string;
  readonly isGood: boolean;
}

const REQUESTS_SENT: readonly Sent[] = Array.from({ length: REQUESTS }, (_, index) => {
  const operation = OPERATIONS[index % OPERATIONS.length] ?? "CreateContact";
  const request = aRequestFor(operation, `chaos/${index}`);
  const isGood = index % 10 !== 9;
  return { request, isGood, body: JSON.stringify(isGood ? request : { ...request, input: {} }) };
});

/**
 * Sends 2,000 requests over all operations, 10 % of them twice and 5 % three times, while Connect loses and delays answers
 * and fails, workers are killed, messages come again while they are worked on, and the state table goes away. Then states
 * what must hold.
 */
export async function runChaos({ seed, repeatedToken }: ChaosOptions): Promise<void> {
  const deployment = await aLocalDeployment({
    settings: SETTINGS,
    seed,
    connect: {
      settings: {
        quota: { all: { ratePerSecond: 600, burst: 200 } },
        caps: { chat: REQUESTS, email: REQUESTS, task: REQUESTS },
        repeatedToken,
      },
      faults: { all: FAULTS },
    },
  });
  try {
    const upstream = new QueueClient(deployment.system);
    for (const operation of OPERATIONS) {
      await upstream.send(operation, bodiesFor(operation, seed));
    }
    await makeTrouble(deployment, seed);
    await eventually(() => expect(waiting(deployment.system)).toEqual([]), 120_000);
    const letters = (await Promise.all(OPERATIONS.map((operation) => upstream.takeDeadLetters(operation)))).flat();
    await stateWhatHolds(deployment.system, letters, repeatedToken);
  } finally {
    await deployment.stop();
  }
}

function bodiesFor(operation: ContactRequest["operation"], seed: number): string[] {
  const random = seededRandom(seed, `order of ${operation}`);
  const sent = REQUESTS_SENT.filter(({ request }) => request.operation === operation);
  return sent
    .flatMap(({ body }, index) => Array<string>(index % 20 === 3 ? 3 : index % 10 === 5 ? 2 : 1).fill(body))
    .map((body) => ({ body, place: random() }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ body }) => body);
}

/** What says that a token was refused: outbound chat has no IdempotencyException, and a second message is not sent at all. */
const REFUSED_TOKEN = ["IdempotencyException", "ConflictException", "OutcomeUnknown"];

async function stateWhatHolds(
  system: LocalSystem,
  letters: readonly ReadDeadLetter[],
  repeatedToken: ChaosOptions["repeatedToken"],
): Promise<void> {
  const contactsOf = Map.groupBy(system.connect.contacts(), ({ clientToken: token }) => token ?? "none");
  const lettersOf = Map.groupBy(letters, ({ reason }) => reason.requestId ?? "none");
  const contacts = ({ operation, requestId }: ContactRequest) =>
    contactsOf.get(clientToken({ instanceId: AN_INSTANCE.id, operation, requestId }))?.length ?? 0;
  const good = REQUESTS_SENT.filter(({ isGood }) => isGood).map(({ request }) => request);
  const bad = REQUESTS_SENT.filter(({ isGood }) => !isGood).map(({ request }) => request);

  // No request has two contacts, and nobody else has one.
  expect(good.filter((request) => contacts(request) > 1)).toEqual([]);
  expect(system.connect.contacts()).toHaveLength(good.filter((request) => contacts(request) === 1).length);
  expect(bad.filter(({ requestId }) => !lettersOf.has(requestId))).toEqual([]);

  const without = good.filter((request) => contacts(request) === 0);
  expect(without).toEqual([]);
  const doubted = good.filter(({ requestId }) => lettersOf.has(requestId));
  if (repeatedToken === "same-contact") expect(doubted).toEqual([]);
  const reasons = doubted.flatMap(({ requestId }) => lettersOf.get(requestId) ?? []).map(({ reason }) => reason);
  expect(reasons.filter(({ code, contact }) => contact !== "unknown" || !REFUSED_TOKEN.includes(code))).toEqual([]);
  await stateWhatTheLedgerSays(system, good, doubted);
  stateThatTroubleStruck(system);
}

/** Chaos that did nothing would prove nothing. */
function stateThatTroubleStruck(system: LocalSystem): void {
  const struck = Object.values(system.connect.stats().operations).map(({ faults }) => faults);
  for (const fault of Object.keys(FAULTS)) {
    const times = struck.map((faults) => new Map<string, number>(Object.entries(faults)).get(fault) ?? 0);
    expect(times.reduce((sum, each) => sum + each, 0)).toBeGreaterThan(0);
  }
}

/** Ledger and Connect agree on every contact; the ledger may only not know of those that are in doubt. */
async function stateWhatTheLedgerSays(
  system: LocalSystem,
  good: readonly ContactRequest[],
  doubted: readonly ContactRequest[],
): Promise<void> {
  const items = await system.tableItems("contact-requests-state");
  const itemOf = new Map(items.map((item) => [item["key"], item]));
  const contactIdOf = new Map(system.connect.contacts().map(({ clientToken: token, contactId }) => [token, contactId]));
  const disagreeing = good.filter(({ operation, requestId }) => {
    const item = itemOf.get(`request#${operation}#${AN_INSTANCE.id}#${requestId}`);
    const token = clientToken({ instanceId: AN_INSTANCE.id, operation, requestId });
    return item?.["state"] !== "started" || item["contactId"] !== contactIdOf.get(token);
  });
  expect(disagreeing.filter((request) => !doubted.includes(request))).toEqual([]);
}
