import { describe, expect, test } from "@jest/globals";
import { outcomeForPeople } from "#cli/outcome-for-people.ts";

const place = { file: "a.jsonl", line: 3, requestId: "a/1" };
const issue = (number: number) => ({ path: `input.M${number}`, code: "required", message: "is required" }) as const;

describe("an outcome for people", () => {
  test("says nothing about what is good or sent", () => {
    expect(outcomeForPeople({ ...place, kind: "good" })).toEqual([]);
    expect(outcomeForPeople({ ...place, kind: "sent", messageId: "m" })).toEqual([]);
  });

  test("names the place, and each issue below it", () => {
    expect(outcomeForPeople({ ...place, kind: "refused", issues: [issue(1), { ...issue(2), path: "" }] })).toEqual([
      "a.jsonl:3 a/1",
      "  input.M1 is required [required]",
      "  the line is required [required]",
    ]);
  });

  test("shows twenty issues of a line and counts the others", () => {
    const issues = Array.from({ length: 23 }, (_, index) => issue(index));
    const lines = outcomeForPeople({ ...place, requestId: null, kind: "refused", issues });

    expect(lines).toHaveLength(22);
    expect(lines[0]).toBe("a.jsonl:3 (no legible requestId)");
    expect(lines.at(-1)).toBe("  … and 3 more");
  });

  test("says why a good request is on no queue", () => {
    expect(outcomeForPeople({ ...place, kind: "not-sent", reason: "too large" })).toEqual([
      "a.jsonl:3 a/1",
      "  was not sent: too large",
    ]);
  });
});
