import { setTimeout as sleep } from "node:timers/promises";
import { ConnectClient } from "@aws-sdk/client-connect";
import * as z from "zod";
import { WORKERS } from "../workers.ts";
import { eachTask } from "./each-task.ts";

const quotaSchema = z.looseObject({ ratePerSecond: z.number(), burst: z.number() });
const ofApi = z.looseObject({ quota: quotaSchema });
const settings = z.looseObject({ quotas: z.looseObject({ CreateContact: ofApi }) });
const { quota } = settings.parse(JSON.parse(process.env["WORKER_SETTINGS"] ?? "{}")).quotas.CreateContact;

/** A token bucket that knows of no other process: each takes its part of the quota, and all must be running to use it. */
const intervalMs = (1000 * WORKERS) / quota.ratePerSecond;
const burst = Math.max(1, Math.floor(quota.burst / WORKERS));
let theoreticalMs = 0;

async function turn(): Promise<void> {
  const nowMs = performance.now();
  const startMs = Math.max(theoreticalMs, nowMs);
  theoreticalMs = startMs + intervalMs;
  const waitMs = startMs - (burst - 1) * intervalMs - nowMs;
  if (waitMs > 0) await sleep(waitMs);
}

const client = new ConnectClient({ maxAttempts: 1 });

export const handler = eachTask(async (command) => {
  await turn();
  return client.send(command);
});
