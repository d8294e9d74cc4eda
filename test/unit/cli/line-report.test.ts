import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import type { LineOutcome } from "#cli/line-outcome.ts";
import { LineReport } from "#cli/line-report.ts";

let printed: string[];
beforeEach(() => {
  printed = [];
  jest.spyOn(process.stdout, "write").mockImplementation((text) => {
    printed.push(String(text).trimEnd());
    return true;
  });
});
afterEach(() => {
  jest.restoreAllMocks();
});

const notJson = (line: number, file = "a.jsonl"): LineOutcome => ({
  kind: "refused",
  file,
  line,
  requestId: null,
  issues: [{ path: "", code: "not-json", message: "is not JSON: jq mends it" }],
});
const refused = (line: number): LineOutcome => ({
  kind: "refused",
  file: "a.jsonl",
  line,
  requestId: "a/1",
  issues: [{ path: "input", code: "required", message: "is required" }],
});
const good = (line: number): LineOutcome => ({ kind: "good", file: "a.jsonl", line, requestId: "a/1" });

const said = async (outcomes: readonly LineOutcome[], json = false): Promise<readonly string[]> => {
  const report = new LineReport({ json, fileCount: 1 });
  for (const outcome of outcomes) await report.add(outcome);
  await report.end();
  return printed;
};

const TOLD = ["a.jsonl:1 (no legible requestId)", "  the line is not JSON: jq mends it [not-json]"];

describe("lines that are not JSON", () => {
  test.each<[name: string, outcomes: readonly LineOutcome[], behind: readonly string[]]>([
    ["alone", [notJson(1)], []],
    ["two", [notJson(1), notJson(2)], ["a.jsonl:2 is not JSON either"]],
    ["a request over many lines", [1, 2, 3, 4].map((line) => notJson(line)), ["a.jsonl:2 to 4 are not JSON either"]],
    [
      "here and there",
      [notJson(1), good(2), notJson(3), good(4), notJson(5), notJson(6)],
      ["a.jsonl:3 is not JSON either", "a.jsonl:5 to 6 are not JSON either"],
    ],
    [
      "before one that is refused for something else",
      [notJson(1), notJson(2), refused(3), notJson(4)],
      [
        "a.jsonl:2 is not JSON either",
        "a.jsonl:3 a/1",
        "  input is required [required]",
        "a.jsonl:4 is not JSON either",
      ],
    ],
    [
      "in another file",
      [notJson(1), notJson(2), notJson(3, "b.jsonl")],
      [
        "a.jsonl:2 is not JSON either",
        "b.jsonl:3 (no legible requestId)",
        "  the line is not JSON: jq mends it [not-json]",
      ],
    ],
  ])("are explained to people once, and each is named: %s", async (_name, outcomes, behind) => {
    expect(await said(outcomes)).toEqual([...TOLD, ...behind]);
  });

  test("are told to programs one by one", async () => {
    expect(await said([notJson(1), notJson(2)], true)).toHaveLength(2);
  });
});
