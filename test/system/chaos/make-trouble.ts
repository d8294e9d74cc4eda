import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "@jest/globals";
import { seededRandom } from "#local/connect-emulator/seeded-random.ts";
import type { LocalSystem } from "#local/start-local-system.ts";
import type { LocalDeployment } from "#test/support/a-local-deployment.ts";
import { eventually } from "#test/support/eventually.ts";
import { waiting } from "./waiting.ts";

const KILLS = 20;

const CANNOT_GO_ON = "Contact request met a fault";

/** How many contacts there are when a service goes away, how it fails, and what the workers then tell. */
const OUTAGES = [
  { afterContacts: 200, service: "dynamodb", outage: "unreachable", told: CANNOT_GO_ON },
  { afterContacts: 400, service: "events", outage: "unavailable", told: "Outcome event could not be put" },
  { afterContacts: 600, service: "dynamodb", outage: "answers-lost", told: CANNOT_GO_ON },
  { afterContacts: 800, service: "s3", outage: "unreachable", told: CANNOT_GO_ON },
  { afterContacts: 1_000, service: "dynamodb", outage: "unavailable", told: CANNOT_GO_ON },
] as const;

/** An outage goes on until the workers have told it so often. */
const TIMES_TOLD = 5;

/** After how many more contacts every message in flight is delivered once more, and how often. */
const REDELIVERED = { every: 100, times: 10 };

/** Kills workers, takes services away and delivers messages again, all while there is work. Chance is seeded. */
export async function makeTrouble(deployment: LocalDeployment, seed: number): Promise<void> {
  const random = seededRandom(seed, "trouble");
  const { system } = deployment;
  const [killed] = await Promise.all([killWorkers(system, random), takeServicesAway(deployment), redeliver(system)]);
  expect(killed).toBe(KILLS);
}

/** Chance decides who and when; a kill counts only if the process was at work. */
async function killWorkers(system: LocalSystem, random: () => number): Promise<number> {
  let killed = 0;
  while (killed < KILLS && waiting(system).length > 0) {
    await sleep(random() * 150);
    const busy = system.functionProcesses().filter((process) => process.busy);
    const victim = busy[Math.floor(random() * busy.length)];
    if (victim === undefined) continue;
    process.kill(victim.pid, "SIGKILL");
    killed += 1;
  }
  return killed;
}

async function takeServicesAway({ system, functionLog }: LocalDeployment): Promise<void> {
  for (const { afterContacts, service, outage, told } of OUTAGES) {
    await untilContacts(system, afterContacts);
    const linesBefore = functionLog.length;
    const lines = () => functionLog.slice(linesBefore).filter((line) => line.includes(told));
    system.beginOutage(service, outage);
    await eventually(() => expect(lines().length).toBeGreaterThanOrEqual(TIMES_TOLD));
    system.endOutage(service);
  }
}

async function redeliver(system: LocalSystem): Promise<void> {
  for (let times = 1; times <= REDELIVERED.times; times += 1) {
    await untilContacts(system, REDELIVERED.every * times);
    system.showMessagesInFlight();
  }
}

const untilContacts = async (system: LocalSystem, count: number): Promise<void> =>
  await eventually(() => expect(system.connect.contacts().length).toBeGreaterThanOrEqual(count));
