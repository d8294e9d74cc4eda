import { expect, test } from "@jest/globals";
import { unwritable } from "#cli/backfill/files/unwritable.ts";

test.each([
  ["ENOSPC", "the disk is full. Make room, or name a file on another."],
  ["EDQUOT", "your share of the disk is used up. Make room, or name a file on another."],
  ["EIO", "the disk has a fault. Name a file on another."],
  ["EACCES", "you have no right to. Name a file in a directory of yours."],
  ["ELOOP", "check the path, and your rights there."],
])("of %s people are told what to do, and the command ends with 2", (code, sentence) => {
  const cause = Object.assign(new Error("no"), { code });
  expect(unwritable("results.csv", cause)).toMatchObject({
    name: "CommandError",
    exitStatus: 2,
    message: `results.csv cannot be written (${code}): ${sentence}`,
    cause,
  });
});
