import { describe, expect, test } from "@jest/globals";
import { inOrder } from "#cli/backfill/watch/in-order.ts";

async function* numbers(count: number): AsyncGenerator<number, void> {
  for (let number = 0; number < count; number += 1) yield number;
}

const gathered = async <Made>(all: AsyncIterable<Made>): Promise<Made[]> => {
  const made: Made[] = [];
  for await (const each of all) made.push(each);
  return made;
};

describe("work on many things", () => {
  test("comes out in their order, however long each takes", async () => {
    const work = async (number: number) => {
      for (let turn = 0; turn < (number % 3) * 5; turn += 1) await Promise.resolve();
      return number;
    };
    expect(await gathered(inOrder(numbers(20), 4, work))).toEqual(Array.from({ length: 20 }, (_, number) => number));
  });

  test("is never more than so many at once, and that many", async () => {
    let now = 0;
    let most = 0;
    const work = async () => {
      now += 1;
      most = Math.max(most, now);
      await new Promise(setImmediate);
      now -= 1;
    };
    await gathered(inOrder(numbers(50), 8, work));
    expect(most).toBe(8);
  });

  test("ends with the first that fails, after those before it", async () => {
    const seen: number[] = [];
    const work = async (number: number) => {
      if (number >= 3) throw new Error(`${number} failed.`);
      return number;
    };
    const all = async () => {
      for await (const number of inOrder(numbers(10), 4, work)) seen.push(number);
    };
    await expect(all()).rejects.toThrow("3 failed.");
    expect(seen).toEqual([0, 1, 2]);
  });
});
