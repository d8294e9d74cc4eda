import { readFile } from "node:fs/promises";
import { S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { aTaskRequest } from "#test/support/a-contact-request.ts";
import { aLocalDeployment, type LocalDeployment } from "#test/support/a-local-deployment.ts";
import { eventually } from "#test/support/eventually.ts";
import { behind, HOSTILE_MESSAGES, HOSTILE_OBJECTS } from "#test/support/hostile-messages.ts";
import { QueueClient, type ReadDeadLetter } from "#test/support/queue-client.ts";
import { storeObject } from "#test/support/store-object.ts";

const QUOTA = { ratePerSecond: 50, burst: 20 };
const NOTHING = { visible: 0, inFlight: 0, delayed: 0 };
let deployment: LocalDeployment;
let upstream: QueueClient;
let s3: S3Client;
let bucket: string;

beforeAll(async () => {
  deployment = await aLocalDeployment({
    settings: {
      quotas: { CreateContact: QUOTA },
      closingTimeSeconds: 1,
      retry: { backoffBaseSeconds: 0.2, backoffMaxSeconds: 1 },
    },
    connect: { settings: { quota: { all: QUOTA } } },
  });
  const { endpoint, outputs } = deployment.system;
  upstream = new QueueClient(deployment.system);
  bucket = outputs["PayloadBucketName"] ?? "";
  s3 = new S3Client({
    endpoint,
    region: "us-east-1",
    forcePathStyle: true,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
});

afterAll(async () => {
  s3.destroy();
  await deployment.stop();
});

const store = async (key: string, body: Buffer): Promise<void> =>
  storeObject(s3, { Bucket: bucket, Key: `payloads/hostile/${key}` }, body);

const aGoodTask = (name: string) => JSON.stringify(aTaskRequest({ requestId: name, input: { Name: name } }));

const contactsNamed = (name: string) =>
  deployment.system.connect.contacts().filter(({ input }) => input["Name"] === name);

const liveQueue = () => deployment.system.queueDepths()["contact-requests-CreateContact-live"];

const linesWith = (text: string): readonly string[] => deployment.functionLog.filter((line) => line.includes(text));

/** The most memory that a process has had, resident. */
async function peakMib(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
}

/** The memory that the template gives the worker, as the worker says in its log. */
const memoryMibOf = (lines: readonly string[]): number =>
  Number(/"function_memory_size":"(\d+)"/.exec(lines[0] ?? "")?.[1]);

describe("hostile messages, with good ones among them", () => {
  const good = HOSTILE_MESSAGES.map((_, index) => `good/${index}`);
  let bodies: readonly string[];
  let letters: readonly ReadDeadLetter[];

  beforeAll(async () => {
    for (const [key, object] of Object.entries(HOSTILE_OBJECTS)) await store(key, object());
    bodies = HOSTILE_MESSAGES.map(([, body]) => body(bucket));
    for (const [index, body] of bodies.entries()) {
      // One by one: SQS takes 1 MiB in a batch too.
      await upstream.send("CreateContact", [body]);
      await upstream.send("CreateContact", good.slice(index, index + 1).map(aGoodTask));
    }
    await eventually(() => expect(liveQueue()).toEqual(NOTHING));
    letters = await upstream.takeDeadLetters("CreateContact");
  });

  const letterOf = (index: number): ReadDeadLetter | undefined =>
    letters.find(({ message }) => message.Body === bodies[index]) ??
    (bodies[index]?.length === 1_048_576 ? stored() : undefined);

  /** The one whose body does not fit into SQS beside its reason. */
  const stored = () => letters.find(({ message }) => message.Body?.includes("dead-letters/"));

  test.each(HOSTILE_MESSAGES.map(([what, , code, rule], index) => [what, code, rule, index] as const))(
    "%s: a dead letter, %s, that names the rule",
    (_what, code, rule, index) => {
      expect(letterOf(index)?.reason).toMatchObject({ code, kind: "invalid", contact: "none" });
      expect(letterOf(index)?.reason.message).toMatch(rule);
    },
  );

  test("each is a dead letter once, and none is tried again", () => {
    expect(letters).toHaveLength(HOSTILE_MESSAGES.length);
    expect(linesWith("Contact request dead-lettered")).toHaveLength(HOSTILE_MESSAGES.length);
    expect(linesWith("Contact request returned to the queue")).toEqual([]);
    expect(linesWith("Contact request met a fault")).toEqual([]);
  });

  test("every good message has its contact, and there is no other", () => {
    expect(good.filter((name) => contactsNamed(name).length !== 1)).toEqual([]);
    expect(deployment.system.connect.contacts()).toHaveLength(good.length);
  });

  test("the worker's processes live on, and stay under the function's memory", async () => {
    const processes = deployment.system
      .functionProcesses()
      .filter(({ functionName }) => functionName.endsWith("-CreateContact"));
    const peaksMib = await Promise.all(processes.map(async ({ pid }) => peakMib(pid)));

    expect(linesWith("Runtime exited")).toEqual([]);
    expect(peaksMib.length).toBeGreaterThan(0);
    // Lambda kills a process that takes more.
    const functionMib = memoryMibOf(linesWith("Contact started"));
    expect(peaksMib.filter((peak) => !(peak < functionMib))).toEqual([]);
  });
});

describe.each(["unavailable", "unreachable"] as const)("while S3 is %s", (outage) => {
  test("a message with a pointer comes back, and is a contact when S3 is back", async () => {
    const name = `outage/${outage}`;
    await store(outage, Buffer.from(aGoodTask(name)));
    deployment.system.beginOutage("s3", outage);
    await upstream.send("CreateContact", [behind(outage)(bucket), aGoodTask(`${name}/other`)]);
    await eventually(() => expect(contactsNamed(`${name}/other`)).toHaveLength(1));
    const faultsBefore = linesWith("Contact request met a fault").length;
    await eventually(() => expect(linesWith("Contact request met a fault").length).toBeGreaterThan(faultsBefore + 1));
    expect(contactsNamed(name)).toEqual([]);
    deployment.system.endOutage("s3");

    await eventually(() => expect(contactsNamed(name)).toHaveLength(1));
    await eventually(() => expect(liveQueue()).toEqual(NOTHING));
    expect(await upstream.takeDeadLetters("CreateContact")).toEqual([]);
  });
});
