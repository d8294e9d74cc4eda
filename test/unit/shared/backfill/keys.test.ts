import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { CandidateRow } from "#shared/backfill/candidate-row.ts";
import { judgeCandidate } from "#shared/backfill/judge-candidate.ts";
import { HashSet } from "#shared/backfill/keys/hash-set.ts";
import { type KeyHash, keyHash } from "#shared/backfill/keys/key-hash.ts";
import { RepeatedKeys } from "#shared/backfill/keys/repeated-keys.ts";
import { type ComparingPass, findDuplicates } from "#shared/backfill/plan/find-duplicates.ts";
import { aTaskRequest } from "#test/support/a-contact-request.ts";

describe("the set of hashes", () => {
  const number32 = fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 2 ** 32 - 1 }));
  const hash = fc.record({ high: number32, low: number32 }).filter(({ high, low }) => high !== 0 || low !== 0);

  test("holds what was added, and nothing else", () => {
    fc.assert(
      fc.property(fc.array(hash, { maxLength: 3_000 }), fc.array(hash, { maxLength: 50 }), (added, asked) => {
        const set = new HashSet();
        const model = new Set<string>();
        const idOf = ({ high, low }: KeyHash) => `${high} ${low}`;
        for (const each of added) {
          expect(set.add(each)).toBe(!model.has(idOf(each)));
          model.add(idOf(each));
        }
        for (const each of [...added, ...asked]) expect(set.has(each)).toBe(model.has(idOf(each)));
        expect(set.size).toBe(model.size);
      }),
      { seed: 20_261_120, numRuns: 20 },
    );
  });
});

describe("the hash of a key", () => {
  test.each([
    ["counted", (index: number) => `customer-${index}`],
    ["with the count first", (index: number) => `${index}/order`],
    ["of one character more each", (index: number) => "x".repeat(index % 500) + Math.floor(index / 500)],
    ["as telephone numbers", (index: number) => `+4915${String(index).padStart(8, "0")}`],
  ])("differs for 50,000 keys %s, in each of its halves about as chance has it", (_how, keyOf) => {
    const [both, high, low] = [new Set<string>(), new Set<number>(), new Set<number>()];
    for (let index = 0; index < 50_000; index += 1) {
      const each = keyHash(keyOf(index));
      both.add(`${each.high} ${each.low}`);
      high.add(each.high);
      low.add(each.low);
    }
    expect(both.size).toBe(50_000);
    // Chance makes a pair in one file of three.
    expect(Math.min(high.size, low.size)).toBeGreaterThan(49_990);
  });

  test("is never the mark of a free slot, and is made of two numbers of 32 bits", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const { high, low } = keyHash(text);
        expect(high !== 0 || low !== 0).toBe(true);
        for (const half of [high, low]) expect(half).toBe(half >>> 0);
      }),
      { seed: 20_261_121, numRuns: 1_000 },
    );
  });
});

describe("duplicates", () => {
  const row = (line: number, key: string, name = "x"): CandidateRow => {
    const request = aTaskRequest({ requestId: `spring/${key}`, input: { Name: name } });
    return { kind: "candidate", line, key, request };
  };

  const found = async (
    rows: readonly CandidateRow[],
    { hash = keyHash, mostHeld }: { hash?: (key: string) => KeyHash; mostHeld?: number } = {},
  ) => {
    const keys = new RepeatedKeys(hash);
    const good = rows.map(judgeCandidate).filter(({ kind }) => kind === "good");
    // In the first look, rows of a new hash; in the second one those that it left out in vain.
    const counted = good.filter(({ key }) => keys.add(key ?? "")).map(({ line }) => line);
    let passes = 0;
    const told: string[] = [];
    const suspects = {
      keys,
      judge: judgeCandidate,
      onColliding: ({ line }: { line: number }) => counted.push(line),
      onPass: ({ pass, passes: all }: ComparingPass) => told.push(`${pass} of ${all}`),
      rows: async function* () {
        passes += 1;
        yield rows;
      },
    };
    const duplicates = await findDuplicates(suspects, mostHeld);
    expect(told).toEqual(Array.from({ length: passes }, (_, index) => `${index + 1} of ${passes}`));
    const firsts = new Map(good.toReversed().map(({ key, line }) => [key, line]));
    expect(counted.toSorted((one, other) => one - other)).toEqual(
      [...firsts.values()].toSorted((one, other) => one - other),
    );
    expect(duplicates.rows).toBe(good.length - firsts.size);
    return { ...duplicates, passes };
  };

  test("are told, and one row of each key is counted, however many keys have one hash and whatever is held at once", async () => {
    const key = fc.integer({ min: 0, max: 20 }).map(String);
    const terms = fc.record({ hashes: fc.integer({ min: 1, max: 9 }), mostHeld: fc.integer({ min: 1, max: 4 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(key, { maxLength: 40 }), terms, async (all, { hashes, mostHeld }) => {
        const rows = all.map((each, index) => row(index + 2, each));
        const hash = (text: string) => ({ high: 1 + (Number(text) % hashes), low: 1 });
        const { keys } = await found(rows, { hash, mostHeld });
        const repeated = all.filter((each, index) => all.indexOf(each) === index && all.lastIndexOf(each) > index);
        expect(keys.map((each) => each.key)).toEqual(repeated);
      }),
      { seed: 20_261_120, numRuns: 200 },
    );
  });

  test("are none where every key is there once, and the file is not read again", async () => {
    expect(await found([row(2, "a"), row(3, "b")])).toEqual({ rows: 0, differing: 0, keys: [], passes: 0 });
  });

  test("are the second and later rows of a key, told apart by what they ask for", async () => {
    const rows = [row(2, "a"), row(3, "b"), row(4, "a"), row(5, "a", "other"), row(6, "c"), row(7, "b")];
    expect(await found(rows)).toEqual({
      rows: 3,
      differing: 1,
      keys: [
        { key: "a", firstLine: 2, rows: 2, differing: 1, lines: [4, 5], differingLines: [5] },
        { key: "b", firstLine: 3, rows: 1, differing: 0, lines: [7], differingLines: [] },
      ],
      passes: 1,
    });
  });

  test("are not rows whose keys have the same hash", async () => {
    const collision = () => ({ high: 1, low: 1 });
    const rows = [row(2, "a"), row(3, "b"), row(4, "c"), row(5, "b")];
    expect(await found(rows, { hash: collision })).toMatchObject({
      rows: 1,
      keys: [{ key: "b", firstLine: 3, lines: [5] }],
    });
  });

  test("are not rows that the contract refuses", async () => {
    const refused: CandidateRow = { kind: "candidate", line: 2, key: "a", request: { requestId: "spring/a" } };
    expect(await found([refused, row(3, "a")])).toMatchObject({ rows: 0, passes: 0 });
    expect(await found([refused, row(3, "a"), row(4, "a")])).toMatchObject({ rows: 1, keys: [{ firstLine: 3 }] });
  });

  test("are all counted where they are very many, in more than one pass, and the first are told by line", async () => {
    const rows = Array.from({ length: 2_400 }, (_, index) => row(index + 2, String(index % 1_200)));
    const { rows: count, differing, keys, passes } = await found(rows, { mostHeld: 300 });
    expect({ count, differing, passes, told: keys.length }).toEqual({
      count: 1_200,
      differing: 0,
      passes: 4,
      told: 1_000,
    });
    expect(keys.map(({ key }) => key)).toEqual(Array.from({ length: 1_000 }, (_, index) => String(index)));
    expect(keys[0]).toEqual({ key: "0", firstLine: 2, rows: 1, differing: 0, lines: [1_202], differingLines: [] });
  });

  test("are told first where they ask for something else, however many do not", async () => {
    const rows = Array.from({ length: 5_000 }, (_, index) => row(index + 2, String(index % 2_500)));
    const { keys } = await found([...rows, row(5_002, "2499", "other")]);
    expect(keys[0]).toEqual({
      key: "2499",
      firstLine: 2_501,
      rows: 2,
      differing: 1,
      lines: [5_001, 5_002],
      differingLines: [5_002],
    });
    expect(keys.slice(1).map(({ firstLine }) => firstLine)).toEqual(Array.from({ length: 999 }, (_, at) => at + 2));
  });

  test("ask for the same where their members stand in another order", async () => {
    const [one, other] = [
      { a: "1", b: "2" },
      { b: "2", a: "1" },
    ];
    const of = (line: number, Attributes: Record<string, string>): CandidateRow => ({
      kind: "candidate",
      line,
      key: "a",
      request: aTaskRequest({ requestId: "spring/a", input: { Attributes } }),
    });
    expect(await found([of(2, one), of(3, other)])).toMatchObject({ rows: 1, differing: 0 });
  });

  test("tell ten lines of a key, and count the others", async () => {
    const rows = Array.from({ length: 30 }, (_, index) => row(index + 2, "a"));
    const { keys } = await found(rows);
    expect(keys).toMatchObject([{ rows: 29, lines: [3, 4, 5, 6, 7, 8, 9, 10, 11, 12] }]);
  });
});
