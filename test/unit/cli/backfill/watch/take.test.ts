import { expect, test } from "@jest/globals";
import { take } from "#cli/backfill/watch/take.ts";

test("things are taken in groups, none is lost between them, and at the end there are fewer", async () => {
  async function* numbers(): AsyncGenerator<number, void> {
    for (let number = 0; number < 5; number += 1) yield number;
  }
  const things = numbers();
  const takeTwo = async () => take(things, 2, String);
  expect([await takeTwo(), await takeTwo(), await takeTwo(), await takeTwo()]).toEqual([
    ["0", "1"],
    ["2", "3"],
    ["4"],
    [],
  ]);
});

test("something is made of each before the next is asked for, so that not two of them are held", async () => {
  const order: string[] = [];
  async function* letters(): AsyncGenerator<string, void> {
    for (const letter of ["a", "b", "c"]) {
      order.push(`asked for ${letter}`);
      yield letter;
    }
  }
  await take(letters(), 2, (letter) => order.push(`made of ${letter}`));
  expect(order).toEqual(["asked for a", "made of a", "asked for b", "made of b"]);
});
