import { CreateContactCommand } from "@aws-sdk/client-connect";
import { describe, expect, test } from "@jest/globals";
import type { ConnectEmulatorOptions } from "#local/connect-emulator/connect-emulator.ts";
import { drawUuid, seededRandom } from "#local/connect-emulator/seeded-random.ts";
import { aTask } from "./requests.ts";
import { startedEmulator } from "./started-emulator.ts";

/** What twenty calls came to, and the contacts that they made. */
async function story(options: ConnectEmulatorOptions) {
  const { client, emulator } = await startedEmulator(options);
  const outcomes: string[] = [];
  for (let call = 0; call < 20; call += 1) {
    const sent = client.send(new CreateContactCommand(aTask({ ClientToken: `token-${call}` })));
    outcomes.push(
      await sent.then(
        () => "made",
        (error: Error) => error.name,
      ),
    );
  }
  return { outcomes, contactIds: emulator.contacts().map(({ contactId }) => contactId) };
}

const half = { probability: 0.5 };

describe("the seed", () => {
  test("decides everything: the same one tells the same story", async () => {
    const options = { seed: 42, faults: { all: { throttled: half, internalErrorAfter: half, lostAnswer: half } } };

    expect(await story(options)).toEqual(await story(options));
  });

  test("another one tells another story", async () => {
    const faults = { all: { throttled: half } };
    const one = await story({ seed: 1, faults });
    const other = await story({ seed: 2, faults });

    expect(other.outcomes).not.toEqual(one.outcomes);
    expect(new Set([...one.contactIds, ...other.contactIds]).size).toBe(
      one.contactIds.length + other.contactIds.length,
    );
  });

  test("gives each purpose its own stream: faults after the fact do not change the ids", async () => {
    const calm = await story({ seed: 7 });
    const wild = await story({ seed: 7, faults: { all: { lostAnswer: half, internalErrorAfter: half } } });

    expect(wild.contactIds).toEqual(calm.contactIds);
    expect(wild.outcomes).not.toEqual(calm.outcomes);
  });
});

describe("the generator", () => {
  test("is pinned, so that a seed from an old log still tells the same story", () => {
    const random = seededRandom(1, "contact ids");

    expect([drawUuid(random), drawUuid(random)]).toEqual([
      "a8598bee-927b-49aa-872b-a9230ffa329e",
      "bcf30906-fa3b-449c-8159-c6213b83045a",
    ]);
  });

  test("spreads evenly over [0, 1)", () => {
    const random = seededRandom(3, "test");
    const tenths = new Array<number>(10).fill(0);
    for (let draw = 0; draw < 10_000; draw += 1) {
      const tenth = Math.floor(random() * 10);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }

    expect(Math.min(...tenths)).toBeGreaterThan(900);
    expect(Math.max(...tenths)).toBeLessThan(1100);
    expect(tenths).toHaveLength(10);
  });

  test("draws no id twice among many", () => {
    const random = seededRandom(4, "contact ids");
    const ids = Array.from({ length: 50_000 }, () => drawUuid(random));

    expect(new Set(ids).size).toBe(50_000);
    expect(ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(
      true,
    );
  });
});
