import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { aTaskRequest } from "#test/support/a-contact-request.ts";
import { aLocalDeployment, type LocalDeployment } from "#test/support/a-local-deployment.ts";
import { eventually } from "#test/support/eventually.ts";
import { QueueClient } from "#test/support/queue-client.ts";

const PAUSE_MS = 1_000;
const PAUSES = 5;
const QUOTA = { ratePerSecond: 100, burst: 20 };
const MAILS = 30;

let deployment: LocalDeployment;
let upstream: QueueClient;

beforeAll(async () => {
  deployment = await aLocalDeployment({
    settings: {
      quotas: { CreateContact: QUOTA },
      callTimeoutSeconds: 0.5,
      closingTimeSeconds: 0.5,
      holdSeconds: 0.2,
      retry: { backoffBaseSeconds: 0.05, backoffMaxSeconds: 0.5 },
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

test("while e-mails are full, only probes ask for room, tasks go on, a probe that dies is followed by another, and nothing is lost", async () => {
  const mails = Array.from({ length: MAILS }, (_, index) => JSON.stringify(anEmailDraft(`full/mail-${index}`)));
  await upstream.send("CreateContact", mails);
  await eventually(() => expect(count().refused).toBeGreaterThan(0));

  // A probe that dies: the first one after the pause hangs, and its worker is killed.
  deployment.system.connect.setFaults({ CreateContact: { silentAnswer: { next: 1 } } });
  for (const { pid } of deployment.system.functionProcesses().filter(({ busy }) => busy)) process.kill(pid, "SIGKILL");

  const tasks = Array.from({ length: 20 }, (_, index) =>
    JSON.stringify(aTaskRequest({ requestId: `full/task-${index}` })),
  );
  await upstream.send("CreateContact", tasks);
  await eventually(() => expect(count().tasks).toBe(20));
  expect(count().mails).toBe(0);

  await eventually(() => expect(count().refused).toBeGreaterThanOrEqual(PAUSES), 60_000);
  // Probes, and the calls that were in flight when the first refusal came: a burst of each of two workers at the most.
  expect(count().refused).toBeLessThanOrEqual(PAUSES + 2 * QUOTA.burst);

  deployment.system.connect.configure({ caps: { email: 1_000 } });
  await eventually(() => expect(count().mails).toBeGreaterThan(0), 10 * PAUSE_MS);
  await eventually(() => expect(count().mails).toBe(MAILS), 30_000);
  expect(await upstream.takeDeadLetters("CreateContact")).toEqual([]);
}, 120_000);
