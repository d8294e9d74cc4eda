import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { aTaskRequest } from "#test/support/a-contact-request.ts";
import { aLocalDeployment, type LocalDeployment } from "#test/support/a-local-deployment.ts";
import { eventually } from "#test/support/eventually.ts";
import { QueueClient } from "#test/support/queue-client.ts";

const QUOTA = { ratePerSecond: 50, burst: 20 };
const REQUESTS = 100;

let deployment: LocalDeployment;
let upstream: QueueClient;

beforeAll(async () => {
  deployment = await aLocalDeployment({
    settings: {
      quotas: { CreateContact: QUOTA },
      callTimeoutSeconds: 1,
      closingTimeSeconds: 1,
      retry: { backoffBaseSeconds: 0.2, backoffMaxSeconds: 1 },
    },
    connect: { settings: { quota: { all: QUOTA } } },
  });
  upstream = new QueueClient(deployment.system);
});

afterAll(async () => {
  await deployment.stop();
});

const contacts = () => deployment.system.connect.contacts();
const calls = () => deployment.system.connect.stats().operations["CreateContact"]?.calls ?? 0;

test.each(["unavailable", "unreachable", "answers-lost"] as const)(
  "while the state table is %s nothing is sent twice and nothing is lost, and everything goes on when it is back",
  async (outage) => {
    const before = contacts().length;
    const bodies = Array.from({ length: REQUESTS }, (_, index) =>
      JSON.stringify(aTaskRequest({ requestId: `gone/${outage}-${index}` })),
    );
    await upstream.send("CreateContact", bodies);
    await eventually(() => expect(contacts().length - before).toBeGreaterThan(5));
    deployment.system.beginOutage("dynamodb", outage);
    const faultsBefore = deployment.functionLog.length;
    await eventually(() =>
      expect(
        deployment.functionLog.slice(faultsBefore).filter((line) => line.includes("Contact request met a fault"))
          .length,
      ).toBeGreaterThan(3),
    );
    const during = calls();
    await upstream.send("CreateContact", [JSON.stringify(aTaskRequest({ requestId: `gone/${outage}-late` }))]);
    await eventually(() =>
      expect(deployment.system.queueDepths()["contact-requests-CreateContact-live"]?.inFlight).toBeGreaterThan(0),
    );
    // Calls that had begun when the table went away may still be counted; none begins without the ledger.
    expect(calls() - during).toBeLessThanOrEqual(2 * 10);
    deployment.system.endOutage("dynamodb");

    await eventually(() => expect(contacts().length - before).toBe(REQUESTS + 1));
    await eventually(() =>
      expect(deployment.system.queueDepths()["contact-requests-CreateContact-live"]).toEqual({
        visible: 0,
        inFlight: 0,
        delayed: 0,
      }),
    );
    expect(contacts().length - before).toBe(REQUESTS + 1);
    expect(await upstream.takeDeadLetters("CreateContact")).toEqual([]);
  },
);
