import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { ContactRequest } from "#shared/contract/contact-request.ts";
import { aTaskRequest } from "#test/support/a-contact-request.ts";
import { aLocalDeployment, type LocalDeployment } from "#test/support/a-local-deployment.ts";
import { eventually } from "#test/support/eventually.ts";
import { QueueClient, type ReadDeadLetter } from "#test/support/queue-client.ts";
import { SMALL_TIMES } from "#test/support/small-times.ts";

const EIGHT_DAYS_MS = 8 * 24 * 3_600_000;
const QUOTA = { ratePerSecond: 50, burst: 20 };

let deployment: LocalDeployment;
let upstream: QueueClient;

beforeAll(async () => {
  deployment = await aLocalDeployment({
    settings: {
      ...SMALL_TIMES,
      quotas: { CreateContact: QUOTA },
      callTimeoutSeconds: 1,
      closingTimeSeconds: 1,
    },
    connect: { settings: { quota: { all: QUOTA } } },
  });
  upstream = new QueueClient(deployment.system);
});

afterAll(async () => {
  await deployment.stop();
});

const send = async (request: ContactRequest) => await upstream.send(request.operation, [JSON.stringify(request)]);

const logOf = ({ requestId }: ContactRequest) =>
  deployment.functionLog.map((line) => JSON.parse(line)).filter((line) => line.requestId === requestId);

const told = async (request: ContactRequest, text: string) =>
  await eventually(() => expect(logOf(request).map(({ message }) => message)).toContain(text));

const contactsOf = ({ requestId }: ContactRequest) =>
  deployment.system.connect.contacts().filter(({ input }) => JSON.stringify(input).includes(`"${requestId}"`)).length;

/** Names itself in its input, so that its contacts can be told apart. */
const aNamedRequest = (requestId: string, more: object = {}) =>
  aTaskRequest({ requestId, input: { Name: requestId, ...more } });

async function deadLetter(): Promise<ReadDeadLetter> {
  let letters: ReadDeadLetter[] = [];
  await eventually(async () => {
    letters = await upstream.takeDeadLetters("CreateContact");
    expect(letters).toHaveLength(1);
  });
  const [letter] = letters;
  if (letter === undefined) throw new Error("There is no dead letter.");
  return letter;
}

describe("eight days later, when no client token protects any more", () => {
  test("a request that was started makes no second contact; one that certainly has none goes through; one in doubt is refused", async () => {
    const started = aNamedRequest("late/started");
    await send(started);
    await told(started, "Contact started");

    const refused = aNamedRequest("late/refused");
    deployment.system.connect.configure({ instanceIds: ["another"] });
    await send(refused);
    expect((await deadLetter()).reason).toMatchObject({ code: "ResourceNotFoundException", contact: "none" });
    deployment.system.connect.configure({ instanceIds: null });

    const lost = aNamedRequest("late/lost");
    deployment.system.connect.setFaults({ CreateContact: { lostAnswer: { probability: 1 } } });
    deployment.system.connect.configure({ repeatedToken: "idempotency-exception" });
    await send(lost);
    expect((await deadLetter()).reason).toMatchObject({ kind: "token-conflict", contact: "unknown" });
    deployment.system.connect.setFaults({ CreateContact: null });
    deployment.system.connect.configure({ repeatedToken: "same-contact" });

    await deployment.system.moveClock(EIGHT_DAYS_MS);

    await send(started);
    await told(started, "Contact was started before");
    expect(contactsOf(started)).toBe(1);

    await send(refused);
    await told(refused, "Contact started");
    expect(contactsOf(refused)).toBe(1);

    await send(lost);
    expect((await deadLetter()).reason).toMatchObject({ code: "OutcomeUnknown", contact: "unknown" });
    expect(contactsOf(lost)).toBe(1);
  });
});

test("a corrected dead letter goes through under the same requestId, and a redriven one starts a new round", async () => {
  const wrong = aNamedRequest("late/corrected", { Description: "wrong" });
  deployment.system.connect.configure({ instanceIds: ["another"] });
  await send(wrong);
  const letter = await deadLetter();
  expect(letter.reason).toMatchObject({ code: "ResourceNotFoundException", contact: "none" });
  await upstream.send("CreateContact", [letter.message.Body ?? ""]);
  expect((await deadLetter()).reason).toMatchObject({ code: "ResourceNotFoundException", attempts: 1 });

  deployment.system.connect.configure({ instanceIds: null });
  const corrected = aNamedRequest("late/corrected", { Description: "right" });
  await send(corrected);
  await told(corrected, "Contact started");
  expect(contactsOf(corrected)).toBe(1);
});
