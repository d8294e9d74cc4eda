import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { RefusedRowsFile } from "#cli/backfill/input/refused-rows-file.ts";
import type { RefusedRow } from "#shared/backfill/candidate-row.ts";
import { A_TASK_TEMPLATE, aCsvOfTasks } from "#test/support/backfill/a-backfill.ts";
import { jsonLines } from "#test/support/json-lines.ts";
import { type WrittenFiles, writtenFiles } from "#test/support/written-files.ts";

const CLI = fileURLToPath(new URL("../../../../../cli/contact-requests.ts", import.meta.url));

let files: WrittenFiles;
beforeAll(async () => {
  files = await writtenFiles();
});
afterAll(async () => files.remove());

const pathOf = (name: string) => join(files.directory, name);

const aRow = (line: number): RefusedRow => ({
  kind: "refused",
  line,
  key: `k-${line}`,
  reasons: [{ path: "requestId", code: "pattern", message: "must be ünlike this" }],
});

test("holds every row, in order, and takes its place when it is complete", async () => {
  const rows = Array.from({ length: 3_000 }, (_, index) => aRow(index + 2));
  const file = await RefusedRowsFile.create(pathOf("refused.jsonl"));
  for (const row of rows) await file.add(row);
  expect((await readdir(files.directory)).filter((name) => name === "refused.jsonl")).toEqual([]);
  await file.complete();

  const expected = rows.map(({ line, key, reasons }) => ({ line, key, reasons }));
  expect(jsonLines(await readFile(pathOf("refused.jsonl"), "utf8"))).toEqual(expected);
});

test("leaves alone what has the name that a part of it might have", async () => {
  await files.write("some.jsonl.partial", "of somebody");
  const file = await RefusedRowsFile.create(pathOf("some.jsonl"));
  await file.add(aRow(2));
  await file.complete();
  expect(await readFile(pathOf("some.jsonl.partial"), "utf8")).toBe("of somebody");
});

test.each([
  ["in the middle", { refused: 2_000, mostKib: 16 }],
  ["at the end", { refused: 2, mostKib: 0 }],
])(
  "a command that cannot write it %s ends with 2 and a sentence, and leaves no half of it",
  async (_where, limited) => {
    const rows = await files.write("rows.csv", aCsvOfTasks({ good: 1, refused: limited.refused }));
    const template = await files.write("template.json", A_TASK_TEMPLATE);
    const settings = await files.write("settings.json", "{}");
    const command = ["backfill", "plan", rows, "--template", template, "--job", "spring", "--key", "id"];
    const more = ["--settings", settings, "--refused", pathOf("limited.jsonl")];
    // The system refuses to write more, as it does when a disk is full.
    const words = [process.execPath, CLI, ...command, ...more].map((word) => `'${word}'`).join(" ");
    const { NODE_OPTIONS: _ofJest, ...env } = process.env;
    const shell = spawn("bash", ["-c", `ulimit -f ${limited.mostKib}; exec ${words}`], {
      env,
      stdio: ["ignore", "ignore", "pipe"],
    });
    const [stderr] = await Promise.all([text(shell.stderr), once(shell, "close")]);

    expect(stderr).toMatch(/^\S+limited\.jsonl cannot be written \(EFBIG\): it is larger than .*\n$/);
    expect(shell.exitCode).toBe(2);
    expect((await readdir(files.directory)).filter((name) => name.startsWith("limited"))).toEqual([]);
  },
);
