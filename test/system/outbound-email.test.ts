import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { seededRandom } from "#local/connect-emulator/seeded-random.ts";
import type { ContactRequest } from "#shared/contract/contact-request.ts";
import { anOutboundEmailRequest } from "#test/support/a-contact-request.ts";
import { aLocalDeployment, type LocalDeployment } from "#test/support/a-local-deployment.ts";
import { eventually } from "#test/support/eventually.ts";
import { QueueClient, type ReadDeadLetter } from "#test/support/queue-client.ts";
import { quotaOfEach, SMALL_TIMES } from "#test/support/small-times.ts";

const SEED = Number(process.env["SEED"] ?? 20261120);
const REQUESTS = 150;
const KILLS = 12;
const QUOTA = { ratePerSecond: 40, burst: 10 };

/** Some of the requests expire while they are worked on: before their draft, between the two calls, or never. */
const LIVES_MS = { least: 500, most: 12_000 };

let deployment: LocalDeployment;
let upstream: QueueClient;

beforeAll(async () => {
  deployment = await aLocalDeployment({
    settings: { ...SMALL_TIMES, quotas: quotaOfEach(QUOTA) },
    seed: SEED,
    connect: {
      settings: { quota: { all: { ratePerSecond: 400, burst: 100 } } },
      faults: {
        CreateContact: { lostAnswer: { probability: 0.1 }, connectionReset: { probability: 0.05 } },
        StartOutboundEmailContact: {
          lostAnswer: { probability: 0.1 },
          internalErrorBefore: { probability: 0.05 },
          // It refuses this e-mail for good: its draft is of no use any more.
          atCapacity: { probability: 0.1, reason: "TOTAL_FILE_SIZE_EXCEEDED" },
        },
        StopContact: { connectionReset: { probability: 0.2 }, lostAnswer: { probability: 0.2 } },
      },
    },
  });
  upstream = new QueueClient(deployment.system);
});

afterAll(async () => {
  await deployment.stop();
});

const waiting = (): boolean =>
  Object.entries(deployment.system.queueDepths())
    .filter(([name]) => name.startsWith("contact-requests-OutboundEmail") && !name.endsWith("-dead-letters"))
    .some(([, { visible, inFlight, delayed }]) => visible + inFlight + delayed > 0);

async function killAtRandom(random: () => number): Promise<number> {
  let killed = 0;
  while (killed < KILLS && waiting()) {
    await sleep(random() * 300);
    const busy = deployment.system.functionProcesses().filter((process) => process.busy);
    const victim = busy[Math.floor(random() * busy.length)];
    if (victim === undefined) continue;
    process.kill(victim.pid, "SIGKILL");
    killed += 1;
  }
  return killed;
}

/** Says who asks in what Connect is told, so that its drafts and e-mails can be told apart. */
function aNamedRequest(index: number, expiresAtMs: number | undefined): ContactRequest {
  const request = anOutboundEmailRequest({ requestId: `email/${index}` });
  const { CreateContact, StartOutboundEmailContact } = request.input;
  const named = { ...CreateContact, Name: request.requestId };
  return {
    ...request,
    input: { ...request.input, CreateContact: named, StartOutboundEmailContact },
    ...(expiresAtMs !== undefined && { expiresAt: new Date(expiresAtMs).toISOString() }),
  };
}

test(`outbound e-mails have one draft and one e-mail at most, and leave no draft behind, whatever crashes between their calls (seed ${SEED})`, async () => {
  const random = seededRandom(SEED, "outbound e-mails");
  const nowMs = Date.now();
  const lifeMs = () => LIVES_MS.least + random() * (LIVES_MS.most - LIVES_MS.least);
  const requests = Array.from({ length: REQUESTS }, (_, index) =>
    aNamedRequest(index, index % 3 === 0 ? nowMs + lifeMs() : undefined),
  );
  const copies = requests.flatMap((request, index) => (index % 10 === 5 ? [request, request] : [request]));
  const copiesOf = Map.groupBy(copies, (request) => request);
  await upstream.send(
    "OutboundEmail",
    copies.map((request) => JSON.stringify(request)),
  );

  expect(await killAtRandom(random)).toBe(KILLS);
  await eventually(() => {
    // What a killed worker had would show again after its visibility timeout only.
    deployment.system.showMessagesInFlight();
    expect(waiting()).toBe(false);
  });

  const letters = await upstream.takeDeadLetters("OutboundEmail");
  const fates = requests.map((request) => ({
    ...fateOf(request, letters),
    copies: copiesOf.get(request)?.length ?? 0,
  }));
  // One e-mail at most, and one with every request that was not given up.
  expect(fates.filter(({ emails }) => emails > 1)).toEqual([]);
  expect(fates.filter(({ emails, letters: given }) => emails === 0 && given.length === 0)).toEqual([]);
  // No draft is open without its e-mail, but for those of which nobody knows whether it was sent.
  const certain = fates.filter(({ letters: given }) => given.every(({ reason }) => reason.contact === "none"));
  expect(certain.filter(({ openDrafts, emails }) => openDrafts !== emails)).toEqual([]);
  // A copy of a refused e-mail may begin anew, with a draft of its own; nothing else makes another one.
  expect(fates.filter(({ drafts, copies: times }) => drafts > times)).toEqual([]);

  // All of that has happened: e-mails, refusals, both kinds of expiry, drafts that were ended.
  const codes = new Set(letters.map(({ reason }) => reason.code));
  expect(codes).toContain("Expired");
  expect(codes).toContain("ServiceQuotaExceededException");
  expect(fates.some(({ drafts, openDrafts }) => drafts > openDrafts)).toBe(true);
  expect(fates.filter(({ emails }) => emails === 1).length).toBeGreaterThan(REQUESTS / 4);
});

interface Fate {
  readonly requestId: string;
  readonly drafts: number;
  readonly openDrafts: number;
  readonly emails: number;
  readonly letters: readonly ReadDeadLetter[];
}

function fateOf({ requestId }: ContactRequest, letters: readonly ReadDeadLetter[]): Fate {
  const contacts = deployment.system.connect.contacts();
  const drafts = contacts.filter(
    ({ operation, input }) => operation === "CreateContact" && input["Name"] === requestId,
  );
  const ids = new Set(drafts.map(({ contactId }) => contactId));
  const emails = contacts.filter(
    ({ operation, contactId }) => operation === "StartOutboundEmailContact" && ids.has(contactId),
  );
  return {
    requestId,
    drafts: drafts.length,
    openDrafts: drafts.filter(({ open }) => open).length,
    emails: emails.length,
    letters: letters.filter(({ reason }) => reason.requestId === requestId),
  };
}
