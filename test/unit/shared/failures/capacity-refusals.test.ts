import { expect, test } from "@jest/globals";
import { countCapacityRefusal } from "#shared/failures/capacity-refusals.ts";

test("refusals in a row count once: the account is full", () => {
  const first = countCapacityRefusal(undefined, undefined, 1_000);
  const second = countCapacityRefusal(first, undefined, 2_000);
  expect(countCapacityRefusal(second, 500, 3_000)).toEqual({ count: 1, lastAtMs: 3_000 });
});

test("a refusal after another request got through is one more", () => {
  const first = countCapacityRefusal(undefined, 500, 1_000);
  const second = countCapacityRefusal(first, 1_500, 2_000);
  expect(countCapacityRefusal(second, 2_500, 3_000)).toEqual({ count: 3, lastAtMs: 3_000 });
});
