import { createHash } from "node:crypto";
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { keepInputOf } from "#cli/backfill/watch/keep-input-of.ts";
import { type WrittenFiles, writtenFiles } from "#test/support/written-files.ts";

const CONTENT = "id\n1\n";
const JOB = {
  name: "spring",
  item: { fileBytes: CONTENT.length, fileHash: createHash("sha256").update(CONTENT).digest("hex") },
};

let files: WrittenFiles;
beforeAll(async () => {
  files = await writtenFiles();
  await files.write("rows.csv", CONTENT);
  await files.write("same-size.csv", "id\n2\n");
  await files.write("longer.csv", `${CONTENT}2\n`);
  await symlink("rows.csv", pathOf("link.csv"));
});
afterAll(async () => files.remove());

const pathOf = (name: string) => join(files.directory, name);

test.each(["rows.csv", "link.csv"])("a report does not replace the file of its rows (%s)", async (name) => {
  await expect(keepInputOf(JOB, pathOf(name))).rejects.toMatchObject({
    name: "CommandError",
    exitStatus: 2,
    message: `--output ${pathOf(name)} is the file that spring was started with, which would be replaced: name another file for the report.`,
  });
});

test.each(["same-size.csv", "longer.csv", "none.csv", "."])("a report may be written to %s", async (name) => {
  await expect(keepInputOf(JOB, pathOf(name))).resolves.toBeUndefined();
});
