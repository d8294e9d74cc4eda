import { expect, test } from "@jest/globals";
import { requireStorable } from "#cli/backfill/start/require-storable.ts";

const LIMIT = 5_368_709_120;

test("takes a file of as many bytes as S3 does at once", () => {
  expect(() => requireStorable({ name: "rows.csv", bytes: LIMIT })).not.toThrow();
});

test("refuses one byte more, with what to do", () => {
  expect(() => requireStorable({ name: "rows.csv", bytes: LIMIT + 1 })).toThrow(
    expect.objectContaining({
      message: "rows.csv has 5.00 GiB, and S3 takes no more than 5 GiB at once: split it into several jobs.",
      exitStatus: 2,
    }),
  );
});
