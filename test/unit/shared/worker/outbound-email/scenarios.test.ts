import { describe, expect, test } from "@jest/globals";
import { anOutboundEmailRequest } from "#test/support/a-contact-request.ts";
import { HOUR } from "../../ledger/delivery-world.ts";
import type { RepeatedToken, Trouble } from "./connect-model.ts";
import { OutboundEmailWorld } from "./outbound-email-world.ts";

const REQUEST = anOutboundEmailRequest({ requestId: "one/email" });
const { CreateContact, StartOutboundEmailContact } = REQUEST.input;
const CORRECTED = anOutboundEmailRequest({
  requestId: "one/email",
  input: { CreateContact: { ...CreateContact, Name: "corrected" }, StartOutboundEmailContact },
});
const DRAFT_AND_EMAIL = ["CreateContact", "StartOutboundEmailContact"];

/** A world in which Connect answers the first calls so, and well from then on. */
async function afterAnswers(...troubles: readonly Trouble[]): Promise<OutboundEmailWorld> {
  return await afterAnswersTo(REQUEST, troubles);
}

async function afterAnswersTo(
  request: object,
  troubles: readonly Trouble[],
  repeatedToken?: RepeatedToken,
): Promise<OutboundEmailWorld> {
  const world = new OutboundEmailWorld([request], repeatedToken);
  await world.drain(...troubles);
  return world;
}

test("an outbound e-mail is a draft, and an e-mail on it", async () => {
  const world = await afterAnswers();
  expect(world.calls).toEqual(DRAFT_AND_EMAIL);
  expect(world.connect.contacts).toEqual([{ contactId: "draft-1", ended: false, sent: 1 }]);
  expect(world.letters).toEqual([]);
});

test("the same request again, eight days later, calls nobody", async () => {
  const world = await afterAnswers();
  world.advance(8 * 24 * HOUR);
  world.send(REQUEST);
  await world.drain();
  expect([world.calls, world.letters]).toEqual([DRAFT_AND_EMAIL, []]);
});

test("other content under the requestId of an e-mail that was sent is refused, and its draft left alone", async () => {
  const world = await afterAnswers();
  world.send(CORRECTED);
  await world.drain();
  expect([world.codes, world.calls]).toEqual([["ContentDiffers"], DRAFT_AND_EMAIL]);
});

describe("when Connect refuses", () => {
  test("the draft, nothing is sent or ended", async () => {
    const world = await afterAnswers("400");
    expect(world.calls).toEqual(["CreateContact"]);
    expect(world.letters).toMatchObject([{ code: "InvalidRequestException", contact: "none" }]);
  });

  test("the draft, a corrected request makes one", async () => {
    const world = await afterAnswers("400");
    world.send(CORRECTED);
    await world.drain();
    expect(world.calls).toEqual(["CreateContact", ...DRAFT_AND_EMAIL]);
    expect(world.connect.emails).toBe(1);
  });

  test("the e-mail, its draft is ended before the dead letter", async () => {
    const world = await afterAnswers("ok", "400");
    expect(world.calls).toEqual([...DRAFT_AND_EMAIL, "StopContact"]);
    expect(world.connect.contacts).toEqual([{ contactId: "draft-1", ended: true, sent: 0 }]);
    expect(world.letters).toMatchObject([{ code: "InvalidRequestException", contact: "none" }]);
  });

  test.each([
    ["as it is", REQUEST],
    ["corrected", CORRECTED],
  ])(
    "the e-mail, a request that is redriven %s gets another draft, also within the token's window",
    async (_how, again) => {
      const world = await afterAnswers("ok", "400");
      world.send(again);
      await world.drain();
      expect(world.calls).toEqual([...DRAFT_AND_EMAIL, "StopContact", ...DRAFT_AND_EMAIL]);
      expect(world.connect.contacts.map(({ ended, sent }) => ({ ended, sent }))).toEqual([
        { ended: true, sent: 0 },
        { ended: false, sent: 1 },
      ]);
    },
  );

  test("also where the upstream has chosen the tokens: these are the first draft's", async () => {
    const own = anOutboundEmailRequest({
      requestId: "one/email",
      input: {
        CreateContact: { ...CreateContact, ClientToken: "own-1" },
        StartOutboundEmailContact: { ...StartOutboundEmailContact, ClientToken: "own-2" },
      },
    });
    const world = await afterAnswersTo(own, ["ok", "400"]);
    world.send(own);
    await world.drain();
    expect(world.connect.emails).toBe(1);
  });

  test.each<[string, readonly Trouble[]]>([
    ["throttles", ["429", "429"]],
    ["answers with errors", ["500-before", "500-after"]],
    ["loses the answer", ["lost-after"]],
    ["denies it", ["403", "403", "403"]],
  ])("the e-mail, and %s when the draft is to be ended, the message waits until it is", async (_what, troubles) => {
    const world = await afterAnswers("ok", "400", ...troubles);
    expect(world.connect.orphans).toEqual([]);
    expect(world.codes).toEqual(["InvalidRequestException"]);
    expect(world.calls.filter((api) => api === "StopContact")).toHaveLength(troubles.length + 1);
  });

  test("to end a draft for good, the letter says that there is a contact, and the next round does without it", async () => {
    const world = await afterAnswers("ok", "400", "400");
    expect(world.letters).toMatchObject([{ code: "InvalidRequestException", contact: "unknown" }]);
    expect(world.namedAsLeft).toEqual(["draft-1"]);
    world.send(REQUEST);
    await world.drain("400");
    expect(world.connect.contacts.map(({ ended, sent }) => ({ ended, sent }))).toEqual([
      { ended: false, sent: 0 },
      { ended: false, sent: 1 },
    ]);
  });

  test("to end a draft, for there is none any more, it has ended", async () => {
    const world = await afterAnswers("ok", "400", "404");
    expect(world.codes).toEqual(["InvalidRequestException"]);
    expect(world.calls).toEqual([...DRAFT_AND_EMAIL, "StopContact"]);
  });
});

describe("when nobody knows whether the e-mail was sent", () => {
  const lost = ["ok", "lost-after", "400"] as const;

  test("its draft is never ended", async () => {
    const world = await afterAnswers(...lost);
    expect(world.letters).toMatchObject([{ code: "InvalidRequestException", contact: "unknown" }]);
    expect(world.calls).not.toContain("StopContact");
  });

  test("a redrive within the token's window goes on with the same draft under the same token", async () => {
    const world = await afterAnswers(...lost);
    world.send(REQUEST);
    await world.drain();
    expect(world.connect.contacts).toEqual([{ contactId: "draft-1", ended: false, sent: 1 }]);
    expect(world.sending).toMatchObject({ state: "started", contactId: "draft-1", draft: 1 });
  });

  test("a redrive after it is refused as OutcomeUnknown", async () => {
    const world = await afterAnswers(...lost);
    world.advance(13 * HOUR);
    world.send(REQUEST);
    await world.drain();
    expect(world.codes).toEqual(["InvalidRequestException", "OutcomeUnknown"]);
    expect([world.connect.emails, world.connect.contacts.length]).toEqual([1, 1]);
  });

  test("an operator who accepts a second e-mail gets one, on a draft of its own", async () => {
    const world = await afterAnswers(...lost);
    world.advance(13 * HOUR);
    await world.acceptDuplicate();
    world.send(REQUEST);
    await world.drain();
    expect(world.connect.contacts.map(({ sent }) => sent)).toEqual([1, 1]);
    expect(world.sending).toMatchObject({ state: "started", draft: 2, earlierDoubt: true });
  });

  test("an operator who accepts it while the token still protects the customer gets the first one's answer", async () => {
    const world = await afterAnswers(...lost);
    await world.acceptDuplicate();
    world.send(REQUEST);
    await world.drain();
    expect(world.connect.contacts.map(({ sent }) => sent)).toEqual([1]);
    expect(world.sending).toMatchObject({ state: "started", draft: 1 });
  });

  test("his acceptance is of one doubt: a second one is another", async () => {
    const world = await afterAnswers(...lost);
    world.advance(13 * HOUR);
    await world.acceptDuplicate();
    world.send(REQUEST);
    await world.drain("ok", "lost-before", "400");
    world.advance(13 * HOUR);
    world.send(REQUEST);
    await world.drain();
    expect(world.codes).toEqual(["InvalidRequestException", "InvalidRequestException", "OutcomeUnknown"]);
    expect(world.connect.emails).toBe(1);
  });

  test("a refusal of the accepted second e-mail ends its draft, and the letter still says unknown", async () => {
    const world = await afterAnswers(...lost);
    world.advance(13 * HOUR);
    await world.acceptDuplicate();
    world.send(REQUEST);
    await world.drain("ok", "400");
    expect(world.connect.contacts.map(({ ended }) => ended)).toEqual([false, true]);
    expect(world.letters.at(-1)).toMatchObject({ code: "InvalidRequestException", contact: "unknown" });
  });
});

describe("when a request expires", () => {
  const expiring = { ...REQUEST, expiresAt: "2026-11-20T12:00:20Z" };

  test("before its draft is made, nothing is called", async () => {
    const world = new OutboundEmailWorld([expiring]);
    world.advance(30_000);
    await world.drain();
    expect([world.calls, world.codes]).toEqual([[], ["Expired"]]);
  });

  test("before the e-mail is sent, its draft is ended", async () => {
    const world = await afterAnswersTo(expiring, ["ok", "429", "429"]);
    expect(world.calls).toEqual([...DRAFT_AND_EMAIL, "StartOutboundEmailContact", "StopContact"]);
    expect(world.letters).toMatchObject([{ code: "Expired", contact: "none" }]);
    expect(world.connect.orphans).toEqual([]);
  });

  test.each([
    ["was made", ["lost-after", "lost-before"]],
    ["was not made", ["lost-before", "lost-before"]],
  ] as const)("while nobody knows whether its draft %s, it is found out and ended", async (_what, troubles) => {
    const world = await afterAnswersTo(expiring, troubles);
    expect(world.calls).toEqual(["CreateContact", "CreateContact", "CreateContact", "StopContact"]);
    expect(world.connect.contacts).toEqual([{ contactId: "draft-1", ended: true, sent: 0 }]);
    expect(world.letters).toMatchObject([{ code: "Expired", contact: "none" }]);
  });

  test("after its draft is in doubt beyond the token's window, an operator is asked", async () => {
    const world = new OutboundEmailWorld([expiring]);
    await world.drain("lost-after", ...Array<Trouble>(200).fill("lost-before"));
    expect(world.codes).toEqual(["TimeoutError"]);
    world.advance(13 * HOUR);
    world.send(expiring);
    await world.drain();
    expect(world.letters.map(({ code, contact }) => [code, contact])).toEqual([
      ["TimeoutError", "unknown"],
      ["OutcomeUnknown", "unknown"],
    ]);
  });

  test("while the e-mail may have been sent, its draft stays", async () => {
    const world = await afterAnswersTo(expiring, ["ok", "lost-before", "lost-before"]);
    expect(world.letters).toMatchObject([{ code: "Expired", contact: "unknown" }]);
    expect(world.calls).not.toContain("StopContact");
  });
});

test("a client token that Connect refuses for the draft is in doubt, and nothing is sent", async () => {
  const world = await afterAnswersTo(REQUEST, ["lost-after"], "idempotency-exception");
  expect(world.letters).toMatchObject([{ code: "IdempotencyException", contact: "unknown" }]);
  expect(world.calls).toEqual(["CreateContact", "CreateContact"]);
});
