import { afterAll, beforeAll, expect, test } from "@jest/globals";
import * as z from "zod";
import { aTaskRequest } from "#test/support/a-contact-request.ts";
import { aLocalDeployment, type LocalDeployment } from "#test/support/a-local-deployment.ts";
import { AN_INSTANCE } from "#test/support/a-worker.ts";
import { eventually } from "#test/support/eventually.ts";
import { QueueClient } from "#test/support/queue-client.ts";
import { SMALL_TIMES } from "#test/support/small-times.ts";

const PAUSE_MS = 1_000;
const PAUSES = 5;
const QUOTA = { ratePerSecond: 100, burst: 20 };
const MAILS = 30;

let deployment: LocalDeployment;
let upstream: QueueClient;

beforeAll(async () => {
  deployment = await aLocalDeployment({
    settings: {
      ...SMALL_TIMES,
      quotas: { CreateContact: QUOTA },
      holdSeconds: 0.2,
      pause: { firstSeconds: PAUSE_MS / 1_000, maxSeconds: PAUSE_MS / 1_000 },
    },
    connect: { settings: { quota: { all: QUOTA }, caps: { email: 0 } } },
  });
  upstream = new QueueClient(deployment.system);
});

afterAll(async () => {
  await deployment.stop();
});

const anEmailDraft = (requestId: string) =>
  aTaskRequest({
    requestId,
    input: { Channel: "EMAIL", InitiationMethod: "OUTBOUND", UserInfo: { UserId: "agent-1" } },
  });

const count = () => {
  const stats = deployment.system.connect.stats().operations["CreateContact"];
  const made = deployment.system.connect.contacts();
  return {
    refused: stats?.answers["ServiceQuotaExceededException"] ?? 0,
    mails: made.filter(({ kind }) => kind === "email").length,
    tasks: made.filter(({ kind }) => kind === "task").length,
  };
};

const pauseSchema = z.object({ count: z.number(), probeUntilMs: z.number().optional() });

/** The pause of e-mails in the bucket that all workers share. */
async function pause(): Promise<z.infer<typeof pauseSchema>> {
  const items = await deployment.system.tableItems("contact-requests-state");
  const bucket = items.find(({ key }) => key === "bucket#CreateContact");
  return pauseSchema.parse(Object(bucket?.["pauses"])[`open contacts ${AN_INSTANCE.id} EMAIL`]);
}

test("while e-mails are full, only probes ask for room, tasks go on, a probe that dies is followed by another, and nothing is lost", async () => {
  const mails = Array.from({ length: MAILS }, (_, index) => JSON.stringify(anEmailDraft(`full/mail-${index}`)));
  await upstream.send("CreateContact", mails);
  await eventually(async () => expect((await pause()).count).toBe(1));
  const inFlightThen = count().refused;

  // The next call is the probe. It hangs, and its worker is killed.
  deployment.system.connect.setFaults({ CreateContact: { delayBefore: { next: 1, minMs: 5_000, maxMs: 5_000 } } });
  await eventually(async () => expect((await pause()).probeUntilMs).toBeDefined());
  for (const { pid } of deployment.system.functionProcesses().filter(({ busy }) => busy)) process.kill(pid, "SIGKILL");
  deployment.system.connect.setFaults({ CreateContact: null });

  const tasks = Array.from({ length: 20 }, (_, index) =>
    JSON.stringify(aTaskRequest({ requestId: `full/task-${index}` })),
  );
  await upstream.send("CreateContact", tasks);
  await eventually(() => expect(count().tasks).toBe(20));
  expect(count().mails).toBe(0);

  await eventually(async () => expect((await pause()).count).toBeGreaterThanOrEqual(PAUSES));
  // One refusal a probe, and no others but of what was in flight when the first one came: a burst at the most.
  expect(count().refused - inFlightThen).toBeLessThanOrEqual((await pause()).count + QUOTA.burst);
  // Later, when nothing is in flight any more: one a probe. The last probe may have been refused and not counted yet.
  const counted = (await pause()).count;
  const probes = count().refused;
  await eventually(async () => expect((await pause()).count).toBeGreaterThanOrEqual(counted + 2));
  const refusedSince = count().refused - probes;
  expect(refusedSince).toBeLessThanOrEqual((await pause()).count - counted + 1);

  deployment.system.connect.configure({ caps: { email: 1_000 } });
  const refusedWhenFull = count().refused;
  await eventually(() => expect(count().mails).toBe(MAILS));
  // The probe at the end of the pause was the first to find room: nobody waited for another pause.
  expect(count().refused).toBe(refusedWhenFull);
  expect(await upstream.takeDeadLetters("CreateContact")).toEqual([]);
});
