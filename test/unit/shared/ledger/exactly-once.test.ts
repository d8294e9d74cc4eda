import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { aTaskRequest } from "#test/support/a-contact-request.ts";
import { HOUR } from "./delivery-world.ts";
import { type ConnectAnswer, ExactlyOnceWorld, type RepeatedToken } from "./exactly-once-world.ts";

const SEED = { seed: Number(process.env["SEED"] ?? 20261120) };

const REQUEST = aTaskRequest({ requestId: "exactly/once" });
const OTHER_CONTENT = aTaskRequest({ requestId: "exactly/once", input: { Name: "another" } });

const decisions = fc.array(fc.nat({ max: 100_000 }), { minLength: 20, maxLength: 150 });
/** The same request, which nobody wants any more when it has waited a little. */
const EXPIRING = { ...REQUEST, expiresAt: "2026-11-20T12:00:20Z" };
const messages = fc.array(fc.constantFrom(REQUEST, REQUEST, EXPIRING, OTHER_CONTENT), { minLength: 1, maxLength: 3 });
const behaviours = fc.constantFrom<RepeatedToken>("same-contact", "idempotency-exception");

/** Runs the world by these decisions, then lets it come to rest. */
async function run(world: ExactlyOnceWorld, choices: readonly number[]): Promise<void> {
  let next = 0;
  const draw = (options: number) => (options === 0 ? 0 : (choices[next++] ?? 0) % options);
  while (next < choices.length) await world.step(draw);
  await world.drain();
}

describe("whatever two or three deliveries, crashes at every step, and every answer of Connect do to a request", () => {
  test("it never has a second contact, `started` is never overwritten, and no message is lost", async () => {
    await fc.assert(
      fc.asyncProperty(messages, behaviours, decisions, async (requests, repeatedToken, choices) => {
        const world = new ExactlyOnceWorld(requests, repeatedToken);
        await run(world, choices);
        expect(world.violations).toEqual([]);
        expect(world.lost).toEqual([]);
        expect(world.contacts).toBeLessThanOrEqual(1);
      }),
      { ...SEED, numRuns: 1_500 },
    );
  });

  test("a dead letter that says there is no contact tells the truth", async () => {
    await fc.assert(
      fc.asyncProperty(messages, behaviours, decisions, async (requests, repeatedToken, choices) => {
        const world = new ExactlyOnceWorld(requests, repeatedToken);
        await run(world, choices);
        const certain = world.letters.filter(({ contact, code }) => contact === "none" && code !== "ContentDiffers");
        expect(certain.filter(({ contactsThen }) => contactsThen > 0)).toEqual([]);
      }),
      { ...SEED, numRuns: 500 },
    );
  });

  test("a contact that exists is known to the ledger in the end, or a dead letter says that it may exist", async () => {
    await fc.assert(
      fc.asyncProperty(behaviours, decisions, async (repeatedToken, choices) => {
        const world = new ExactlyOnceWorld([REQUEST, REQUEST], repeatedToken);
        await run(world, choices);
        if (world.contacts === 0) return;
        const doubted = world.letters.some(({ contact }) => contact === "unknown");
        expect(world.item?.state === "started" || doubted).toBe(true);
      }),
      { ...SEED, numRuns: 500 },
    );
  });
});

describe("whatever happens to a row while its backfill is cancelled", () => {
  /** How many decisions are made before the cancel. */
  const moments = fc.nat({ max: 100 });

  async function cancelledIn(world: ExactlyOnceWorld, choices: readonly number[], moment: number): Promise<void> {
    let next = 0;
    const draw = (options: number) => (options === 0 ? 0 : (choices[next++] ?? 0) % options);
    while (next < choices.length) {
      if (next >= moment) world.cancel();
      await world.step(draw);
    }
    world.cancel();
    await world.drain();
  }

  test("no call for it begins once the cancel holds, it has one contact at most, and no message is lost", async () => {
    await fc.assert(
      fc.asyncProperty(behaviours, decisions, moments, async (repeatedToken, choices, moment) => {
        const world = new ExactlyOnceWorld([REQUEST, REQUEST], repeatedToken, "backfill");
        await cancelledIn(world, choices, moment);
        expect([world.violations, world.lost]).toEqual([[], []]);
        expect(world.contacts).toBeLessThanOrEqual(1);
      }),
      { ...SEED, numRuns: 1_500 },
    );
  });

  test("it ends as cancelled only where it has no contact, and else as started or in doubt", async () => {
    await fc.assert(
      fc.asyncProperty(behaviours, decisions, moments, async (repeatedToken, choices, moment) => {
        const world = new ExactlyOnceWorld([REQUEST, REQUEST], repeatedToken, "backfill");
        await cancelledIn(world, choices, moment);
        if (world.isCancelled) expect(world.contacts).toBe(0);
        const doubted = world.letters.some(({ contact }) => contact === "unknown");
        expect(world.contacts === 0 || world.item?.state === "started" || doubted).toBe(true);
      }),
      { ...SEED, numRuns: 1_000 },
    );
  });
});

describe("a replay after eight days", () => {
  const later = 8 * 24 * HOUR;

  /** A world in which Connect answers the first calls so, and well from then on. */
  async function afterFirstAnswers(...answers: readonly ConnectAnswer[]): Promise<ExactlyOnceWorld> {
    const world = new ExactlyOnceWorld([REQUEST], "same-contact");
    await world.drain(answers);
    return world;
  }

  test("of a request that was started makes no second contact", async () => {
    const world = await afterFirstAnswers("ok");
    world.advance(later);
    world.send(REQUEST);
    await world.drain();
    expect([world.contacts, world.letters]).toEqual([1, []]);
  });

  test("of a request that certainly has no contact goes through", async () => {
    const world = await afterFirstAnswers("400");
    expect(world.letters).toMatchObject([{ code: "InvalidRequestException", contact: "none" }]);
    world.advance(later);
    world.send(REQUEST);
    await world.drain();
    expect([world.contacts, world.letters.length]).toEqual([1, 1]);
  });

  test("of a request in doubt is refused as OutcomeUnknown", async () => {
    const world = await afterFirstAnswers("lost-after", "400");
    expect(world.letters).toMatchObject([{ code: "InvalidRequestException", contact: "unknown" }]);
    world.advance(later);
    world.send(REQUEST);
    await world.drain();
    expect(world.letters.map(({ code, contact }) => [code, contact])).toEqual([
      ["InvalidRequestException", "unknown"],
      ["OutcomeUnknown", "unknown"],
    ]);
    expect(world.contacts).toBe(1);
  });

  test("of a corrected dead letter goes through with its new content", async () => {
    const world = await afterFirstAnswers("400");
    world.advance(later);
    world.send(OTHER_CONTENT);
    await world.drain();
    expect([world.contacts, world.item?.state]).toEqual([1, "started"]);
  });
});

test("a redriven dead letter starts a new round, with its attempts at zero", async () => {
  const world = new ExactlyOnceWorld([REQUEST], "same-contact");
  await world.drain(["500-before", "500-before", "500-before", "400"]);
  expect(world.item).toMatchObject({ state: "failed", attempts: 4 });
  world.send(REQUEST);
  await world.drain();
  expect(world.item).toMatchObject({ state: "started", attempts: 1 });
});

test("a request whose token Connect has refused is never sent again by itself, however often it is redriven", async () => {
  const world = new ExactlyOnceWorld([REQUEST], "idempotency-exception");
  await world.drain(["lost-after"]);
  for (let redrives = 0; redrives < 3; redrives += 1) {
    world.send(REQUEST);
    await world.drain();
  }
  expect(world.letters.map(({ code }) => code)).toEqual([
    "IdempotencyException",
    "OutcomeUnknown",
    "OutcomeUnknown",
    "OutcomeUnknown",
  ]);
});

test("other content under the requestId of a request that has a contact is refused", async () => {
  const world = new ExactlyOnceWorld([REQUEST], "same-contact");
  await world.drain();
  world.send(OTHER_CONTENT);
  await world.drain();
  expect(world.letters.map(({ code }) => code)).toEqual(["ContentDiffers"]);
  expect(world.contacts).toBe(1);
});
