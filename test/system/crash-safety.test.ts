import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { seededRandom } from "#local/connect-emulator/seeded-random.ts";
import type { ContactRequest } from "#shared/contract/contact-request.ts";
import { OPERATIONS } from "#shared/contract/operation.ts";
import { aLocalDeployment, type LocalDeployment } from "#test/support/a-local-deployment.ts";
import { aRequestFor } from "#test/support/a-request-for.ts";
import { callsOf } from "#test/support/calls-of.ts";
import { eventually } from "#test/support/eventually.ts";
import { QueueClient } from "#test/support/queue-client.ts";
import { quotaOfEach, SMALL_TIMES } from "#test/support/small-times.ts";

const SEED = Number(process.env["SEED"] ?? 20261120);
const REQUESTS = 500;
const KILLS = 12;

/** A raised quota and small times, so that what takes days with Connect takes seconds here. */
const QUOTA = { ratePerSecond: 40, burst: 10 };
const SETTINGS = { ...SMALL_TIMES, quotas: quotaOfEach(QUOTA) };

const good: ContactRequest[] = [];
const bad: { readonly operation: ContactRequest["operation"]; readonly requestId: string; readonly body: string }[] =
  [];
for (let index = 0; index < REQUESTS; index += 1) {
  const operation = OPERATIONS[index % OPERATIONS.length] ?? "CreateContact";
  const request = aRequestFor(operation, `crash/${index}`);
  // No multiple of the number of operations: each of them has good ones and bad ones.
  if (index % 11 === 10)
    bad.push({ operation, requestId: request.requestId, body: JSON.stringify({ ...request, input: {} }) });
  else good.push(request);
}

describe(`with every third answer lost and workers killed at random (seed ${SEED})`, () => {
  let deployment: LocalDeployment;
  let upstream: QueueClient;

  beforeAll(async () => {
    const quota = { all: { ratePerSecond: 400, burst: 100 } };
    deployment = await aLocalDeployment({
      settings: SETTINGS,
      seed: SEED,
      connect: { settings: { quota }, faults: { all: { lostAnswer: { every: 3 } } } },
    });
    upstream = new QueueClient(deployment.system);
  });

  afterAll(async () => {
    await deployment.stop();
  });

  test("every call of every good request has exactly one effect, every bad one is a dead letter, and no queue holds anything else", async () => {
    for (const operation of OPERATIONS) {
      const bodies = good
        .filter((request) => request.operation === operation)
        .map((request) => JSON.stringify(request));
      await upstream.send(operation, [
        ...bodies,
        ...bad.filter((each) => each.operation === operation).map(({ body }) => body),
      ]);
    }
    const killed = await killAtRandom();
    // What a killed worker had shows again after its visibility timeout, that of OutboundEmail after 54 seconds.
    await eventually(() => {
      const waiting = Object.entries(deployment.system.queueDepths()).filter(([name]) => name.endsWith("-live"));
      expect(waiting.filter(([, { visible, inFlight, delayed }]) => visible + inFlight + delayed > 0)).toEqual([]);
    });

    const contactsOf = new Map<string | null, number>();
    for (const { clientToken: token } of deployment.system.connect.contacts()) {
      contactsOf.set(token, (contactsOf.get(token) ?? 0) + 1);
    }
    const tokens = good.flatMap((request) => callsOf(request).map((call) => call.clientToken));
    expect(tokens.filter((token) => contactsOf.get(token) !== 1)).toEqual([]);
    expect(contactsOf.size).toBe(tokens.length);

    const letters = (await Promise.all(OPERATIONS.map((operation) => upstream.takeDeadLetters(operation)))).flat();
    // A worker that is killed between the dead letter and the acknowledgement sends the letter again.
    expect([...new Set(letters.map(({ reason }) => reason.requestId))].toSorted()).toEqual(
      bad.map(({ requestId }) => requestId).toSorted(),
    );
    expect(killed).toBe(KILLS);
    const faults = Object.values(deployment.system.connect.stats().operations).map(
      (each) => each.faults["lostAnswer"] ?? 0,
    );
    expect(faults.reduce((sum, each) => sum + each, 0)).toBeGreaterThan(good.length / 4);
  });

  async function killAtRandom(): Promise<number> {
    const random = seededRandom(SEED, "kills");
    let killed = 0;
    while (killed < KILLS) {
      // Chance decides when, not whether: a kill counts only if the process was at work.
      await sleep(random() * 150);
      const busy = deployment.system.functionProcesses().filter((process) => process.busy);
      const victim = busy[Math.floor(random() * busy.length)];
      if (victim === undefined) continue;
      process.kill(victim.pid, "SIGKILL");
      killed += 1;
    }
    return killed;
  }
});
