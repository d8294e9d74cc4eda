import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "@jest/globals";
import { seededRandom } from "#local/connect-emulator/seeded-random.ts";
import type { LocalSystem } from "#local/start-local-system.ts";
import type { LocalDeployment } from "#test/support/a-local-deployment.ts";
import { eventually } from "#test/support/eventually.ts";
import { waiting } from "./waiting.ts";

const KILLS = 20;

/** How many contacts there are when the state table goes away, and how it fails. */
const OUTAGES = [
  { afterContacts: 200, outage: "unreachable" },
  { afterContacts: 500, outage: "answers-lost" },
  { afterContacts: 800, outage: "unavailable" },
] as const;

/** An outage goes on until workers have told so often that they could not go on. */
const FAULTS_OF_AN_OUTAGE = 5;

/** After how many more contacts every message in flight is delivered once more, and how often. */
const REDELIVERED = { every: 100, times: 10 };

/** Kills workers, takes the state table away and delivers messages again, all while there is work. Chance is seeded. */
export async function makeTrouble(deployment: LocalDeployment, seed: number): Promise<void> {
  const random = seededRandom(seed, "trouble");
  const { system } = deployment;
  const [killed] = await Promise.all([killWorkers(system, random), takeTableAway(deployment), redeliver(system)]);
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

async function takeTableAway({ system, functionLog }: LocalDeployment): Promise<void> {
  for (const { afterContacts, outage } of OUTAGES) {
    await untilContacts(system, afterContacts);
    const linesBefore = functionLog.length;
    const faults = () => functionLog.slice(linesBefore).filter((line) => line.includes("Contact request met a fault"));
    system.beginOutage("dynamodb", outage);
    await eventually(() => expect(faults().length).toBeGreaterThanOrEqual(FAULTS_OF_AN_OUTAGE), 30_000);
    system.endOutage("dynamodb");
  }
}

async function redeliver(system: LocalSystem): Promise<void> {
  for (let times = 1; times <= REDELIVERED.times; times += 1) {
    await untilContacts(system, REDELIVERED.every * times);
    system.showMessagesInFlight();
  }
}

const untilContacts = async (system: LocalSystem, count: number): Promise<void> =>
  await eventually(() => expect(system.connect.contacts().length).toBeGreaterThanOrEqual(count), 60_000);
