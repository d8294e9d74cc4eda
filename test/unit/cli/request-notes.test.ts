import { describe, expect, test } from "@jest/globals";
import { RequestNotes } from "#cli/request-notes.ts";
import { parseContactRequest } from "#shared/contract/contact-request.ts";
import { aTaskRequest } from "#test/support/a-contact-request.ts";

const NOW = Date.parse("2026-12-01T09:00:00Z");

const notesAbout = (expiries: readonly string[]): readonly string[] => {
  const notes = new RequestNotes(NOW);
  for (const [index, expiresAt] of expiries.entries()) {
    const requestId = `a/${index}`;
    const request = parseContactRequest({ ...aTaskRequest({ requestId }), expiresAt });
    if (!request.ok) throw new Error("The request must be good");
    notes.add(request.value, { file: "a.jsonl", line: index + 1, requestId });
  }
  return notes.sentences();
};

describe("a request that fulfils the contract", () => {
  test.each([
    ["2026-12-01T08:59:59Z", 1],
    ["2026-12-01T09:00:00Z", 1],
    ["2026-12-01T10:00:00+01:00", 1],
    ["2026-12-01T09:00:01Z", 0],
  ])("is noted when its expiresAt is past: %s, at nine", (expiresAt, notes) => {
    expect(notesAbout([expiresAt])).toHaveLength(notes);
  });

  test("is noted once with others, with the place of the first", () => {
    expect(notesAbout(["2027-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"])).toEqual([
      "Note: the expiresAt of 2 requests is past, first at a.jsonl:2 (a/1). An expired request becomes a dead letter, not a contact.",
    ]);
  });

  test.each([
    ["2026-12-13T20:59:59Z", 0],
    ["2026-12-13T21:00:01Z", 1],
    ["2027-06-01T09:00:00Z", 1],
  ])(
    "is noted when a queue cannot keep it until its notBefore: %s, twelve and a half days after the first",
    (notBefore, notes) => {
      const about = new RequestNotes(NOW);
      const request = parseContactRequest({ ...aTaskRequest({ requestId: "a/1" }), notBefore });
      if (!request.ok) throw new Error("The request must be good");
      about.add(request.value, { file: "a.jsonl", line: 1, requestId: "a/1" });
      expect(about.sentences()).toHaveLength(notes);
    },
  );
});
