import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { anOutboundEmailRequest } from "#test/support/a-contact-request.ts";
import { CALL_ANSWERS, type RepeatedToken, type Trouble } from "./connect-model.ts";
import { OutboundEmailWorld } from "./outbound-email-world.ts";

const SEED = { seed: Number(process.env["SEED"] ?? 20261120) };

const REQUEST = anOutboundEmailRequest({ requestId: "one/email" });
const { CreateContact, StartOutboundEmailContact } = REQUEST.input;
const OTHER_CONTENT = anOutboundEmailRequest({
  requestId: "one/email",
  input: { CreateContact: { ...CreateContact, Name: "another" }, StartOutboundEmailContact },
});
/** The same request, which nobody wants any more when it has waited a little. */
const EXPIRING = { ...REQUEST, expiresAt: "2026-11-20T12:00:20Z" };

const behaviours = fc.constantFrom<RepeatedToken>("same-contact", "same-contact", "idempotency-exception");

const troubles = fc.array(fc.constantFrom(...CALL_ANSWERS), { maxLength: 6 });
/** Most worlds would never get as far as a refusal behind a draft. */
const refusedOnItsDraft = troubles.map((more): readonly Trouble[] => ["ok", "400", ...more]);
const decisions = { minLength: 30, maxLength: 150 };

/** Messages that come, what happens step by step, and how Connect answers then until all is settled. */
const round = fc.record({
  requests: fc.array(fc.constantFrom(REQUEST, REQUEST, REQUEST, EXPIRING, OTHER_CONTENT), {
    minLength: 1,
    maxLength: 2,
  }),
  choices: fc.oneof(
    fc.constant([]),
    fc.array(fc.nat({ max: 100_000 }), decisions),
    fc.array(fc.nat({ max: 100_000 }), decisions),
  ),
  troubles: fc.oneof(troubles, refusedOnItsDraft),
});
/** The second and third one are resent, redriven or corrected dead letters. */
const rounds = fc.array(round, { minLength: 1, maxLength: 3 });

async function play(world: OutboundEmailWorld, played: typeof rounds extends fc.Arbitrary<infer R> ? R : never) {
  for (const { requests, choices, troubles } of played) {
    let next = 0;
    const draw = (options: number) => (options === 0 ? 0 : (choices[next++] ?? 0) % options);
    for (const request of requests) world.send(request);
    while (next < choices.length) await world.step(draw);
    await world.drain(...troubles);
  }
}

/** A law of every world that has come to rest. Answers how often it was of any interest. */
async function law(numRuns: number, check: (world: OutboundEmailWorld) => boolean): Promise<number> {
  let interesting = 0;
  await fc.assert(
    fc.asyncProperty(behaviours, rounds, async (repeatedToken, played) => {
      const world = new OutboundEmailWorld([], repeatedToken);
      await play(world, played);
      if (check(world)) interesting += 1;
    }),
    { ...SEED, numRuns },
  );
  return interesting;
}

describe("whatever deliveries, crashes at every step, and every answer of Connect do to an outbound e-mail", () => {
  test("it is sent once at most, on no draft that is ended, and no message is lost", async () => {
    const sent = await law(3_000, (world) => {
      expect(world.violations).toEqual([]);
      expect(world.lost).toEqual([]);
      expect(world.connect.emails).toBeLessThanOrEqual(1);
      return world.connect.emails === 1;
    });
    expect(sent).toBeGreaterThan(300);
  });

  test("no draft is left over, once all is settled, but one that may be of use, that Connect alone knows of, or that the log names", async () => {
    const ended = await law(2_000, (world) => {
      const orphans = world.connect.orphans.filter(({ contactId }) => !world.namedAsLeft.includes(contactId));
      if (!world.isInDoubt) {
        const unknown = world.letters.some(({ contact }) => contact === "unknown");
        expect(unknown ? [] : orphans).toEqual([]);
      }
      // Of those that the ledger knows, the one that it would send on may stay, while it is in doubt.
      const known = world.drafts.flatMap((item) => (item.state === "started" ? [item.contactId] : []));
      const left = orphans.filter(({ contactId }) => known.includes(contactId) && contactId !== world.draftInForce);
      expect(left).toEqual([]);
      return world.connect.contacts.some((contact) => contact.ended);
    });
    expect(ended).toBeGreaterThan(150);
  });

  test("a dead letter that says there is no contact tells the truth", async () => {
    const certainly = await law(1_000, (world) => {
      const certain = world.letters.filter(({ contact, code }) => contact === "none" && code !== "ContentDiffers");
      expect(certain.filter(({ contactsThen }) => contactsThen > 0)).toEqual([]);
      return certain.length > 0;
    });
    expect(certainly).toBeGreaterThan(100);
  });
});
