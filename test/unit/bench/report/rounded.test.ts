import { expect, test } from "@jest/globals";
import { rounded } from "#bench/report/rounded.ts";

test("numbers keep four decimals at any depth, and nothing else changes", () => {
  const given = { use: 0.123456, rows: [{ name: "ours", whole: 3075, none: null, met: true }, 1 / 3] };
  expect(rounded(given)).toEqual({ use: 0.1235, rows: [{ name: "ours", whole: 3075, none: null, met: true }, 0.3333] });
});
