import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import type { Operation } from "#shared/contract/operation.ts";
import { type ContactRequestFailed, contactRequestFailed } from "#shared/outcomes/contact-request-failed.ts";
import { type ContactStarted, contactStarted } from "#shared/outcomes/contact-started.ts";
import { aTaskRequest } from "#test/support/a-contact-request.ts";
import { aLocalDeployment, type LocalDeployment } from "#test/support/a-local-deployment.ts";
import { aRequestFor } from "#test/support/a-request-for.ts";
import { eventually } from "#test/support/eventually.ts";
import { QueueClient } from "#test/support/queue-client.ts";

const QUOTA = { ratePerSecond: 50, burst: 20 };
const NOTHING = { visible: 0, inFlight: 0, delayed: 0 };

let deployment: LocalDeployment;
let upstream: QueueClient;

beforeAll(async () => {
  deployment = await aLocalDeployment({
    settings: {
      quotas: { CreateContact: QUOTA, StartOutboundEmailContact: QUOTA },
      callTimeoutSeconds: 1,
      closingTimeSeconds: 1,
      retry: { backoffBaseSeconds: 0.2, backoffMaxSeconds: 1 },
    },
    connect: { settings: { quota: { all: QUOTA } } },
  });
  upstream = new QueueClient(deployment.system);
});

afterEach(() => {
  deployment.system.endOutage("events");
  deployment.system.eventBridge.setFaults({ failedEntries: 0 });
});

afterAll(async () => {
  await deployment.stop();
});

const told = (detailType: string): unknown[] =>
  deployment.system.eventBridge
    .events()
    .filter(({ bus, event }) => bus === "contact-requests" && event["detail-type"] === detailType)
    .map(({ event }) => event.detail);

const startedOf = (requestId: string): readonly ContactStarted[] =>
  told("Contact Started")
    .map((detail) => contactStarted.parse(detail))
    .filter((detail) => detail.requestId === requestId);

const failedOf = (requestId: string): readonly ContactRequestFailed[] =>
  told("Contact Request Failed")
    .map((detail) => contactRequestFailed.parse(detail))
    .filter((detail) => detail.requestId === requestId);

const contactsNamed = (name: string) =>
  deployment.system.connect.contacts().filter(({ input }) => input["Name"] === name);

const liveQueue = (operation: Operation = "CreateContact") =>
  deployment.system.queueDepths()[`contact-requests-${operation}-live`];

const aTask = (requestId: string) =>
  JSON.stringify(aTaskRequest({ requestId, source: "tests", input: { Name: requestId } }));

describe("what became of a request is told on the bus", () => {
  test("a contact when it is started, and once more when its request comes again", async () => {
    await upstream.send("CreateContact", [aTask("told/started")]);
    await eventually(() => expect(startedOf("told/started")).toHaveLength(1));
    await upstream.send("CreateContact", [aTask("told/started")]);
    await eventually(() => expect(startedOf("told/started")).toHaveLength(2));

    const [contact, ...others] = contactsNamed("told/started");
    expect(others).toEqual([]);
    const common = { source: "tests", operation: "CreateContact", contactId: contact?.contactId, attempts: 1 };
    expect(startedOf("told/started")).toEqual([
      expect.objectContaining({ ...common, repeated: false }),
      expect.objectContaining({ ...common, repeated: true }),
    ]);
  });

  test("a dead letter with its reason, and nothing of the request", async () => {
    const request = { ...aTaskRequest({ requestId: "told/failed" }), input: { "marker-name": "marker-value" } };
    await upstream.send("CreateContact", [JSON.stringify(request)]);
    await eventually(() => expect(failedOf("told/failed")).toHaveLength(1));

    const [failed] = failedOf("told/failed");
    expect(failed).toMatchObject({
      operation: "CreateContact",
      failure: { code: "ContractViolation", kind: "invalid" },
      contact: "none",
      attempts: 0,
    });
    expect(JSON.stringify(failed)).not.toContain("marker");
  });

  test("an outbound e-mail with the contacts of both its calls, in one event", async () => {
    await upstream.send("OutboundEmail", [JSON.stringify(aRequestFor("OutboundEmail", "told/e-mail"))]);
    await eventually(() => expect(startedOf("told/e-mail")).toHaveLength(1));
    await eventually(() => expect(liveQueue("OutboundEmail")).toEqual(NOTHING));

    const made = deployment.system.connect.contacts().filter(({ kind }) => kind === "email");
    expect(made.map(({ operation }) => operation)).toEqual(["CreateContact", "StartOutboundEmailContact"]);
    expect(startedOf("told/e-mail")).toEqual([
      expect.objectContaining({
        operation: "OutboundEmail",
        contactId: made[1]?.contactId,
        contactIds: { CreateContact: made[0]?.contactId, StartOutboundEmailContact: made[1]?.contactId },
      }),
    ]);
  });
});

describe.each(["unavailable", "unreachable", "answers-lost"] as const)("while EventBridge is %s", (outage) => {
  test("a message stays until its contact is told, and no second contact is made", async () => {
    const requestId = `outage/${outage}/started`;
    deployment.system.beginOutage("events", outage);
    await upstream.send("CreateContact", [aTask(requestId)]);
    await eventually(() => expect(contactsNamed(requestId)).toHaveLength(1));
    await eventually(() => expect(linesAbout("Outcome event could not be put", requestId)).toBeGreaterThanOrEqual(2));
    expect(liveQueue()).not.toEqual(NOTHING);
    deployment.system.endOutage("events");

    await eventually(() => expect(startedOf(requestId).at(-1)?.repeated).toBe(true));
    await eventually(() => expect(liveQueue()).toEqual(NOTHING));
    expect(contactsNamed(requestId)).toHaveLength(1);
    expect(new Set(startedOf(requestId).map(({ contactId }) => contactId))).toEqual(
      new Set(contactsNamed(requestId).map(({ contactId }) => contactId)),
    );
  });

  test("a message stays until its failure is told", async () => {
    const requestId = `outage/${outage}/failed`;
    deployment.system.beginOutage("events", outage);
    await upstream.send("CreateContact", [JSON.stringify({ ...aTaskRequest({ requestId }), input: {} })]);
    await eventually(() => expect(linesAbout("Outcome event could not be put", requestId)).toBeGreaterThanOrEqual(1));
    expect(liveQueue()).not.toEqual(NOTHING);
    deployment.system.endOutage("events");

    await eventually(() => expect(liveQueue()).toEqual(NOTHING));
    expect(failedOf(requestId).at(-1)).toMatchObject({ failure: { code: "ContractViolation" }, contact: "none" });
  });
});

/** How often the workers have logged this about a request. */
const linesAbout = (text: string, requestId: string): number =>
  deployment.functionLog.filter((line) => line.includes(text) && line.includes(`"${requestId}"`)).length;

test("of the entries of a PutEvents exactly those that failed are put again", async () => {
  const requestIds = Array.from({ length: 60 }, (_, index) => `entries/${index}`);
  deployment.system.eventBridge.setFaults({ failedEntries: 0.5 });
  await upstream.send("CreateContact", requestIds.map(aTask));
  await eventually(() => expect(liveQueue()).toEqual(NOTHING));

  // What was taken is not put again, and nothing is left out.
  expect(requestIds.filter((requestId) => startedOf(requestId).length !== 1)).toEqual([]);
  expect(requestIds.filter((requestId) => contactsNamed(requestId).length !== 1)).toEqual([]);
});
