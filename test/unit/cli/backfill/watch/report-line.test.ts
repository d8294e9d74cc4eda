import { describe, expect, test } from "@jest/globals";
import { parse } from "csv-parse/sync";
import { CSV_REPORT, JSON_REPORT } from "#cli/backfill/watch/report-line.ts";
import type { RowOutcome } from "#cli/backfill/watch/row-outcome.ts";

const STARTED: RowOutcome = {
  row: { kind: "request", line: 7, key: "=4711", requestId: "=4711", belongs: false },
  state: "started",
  contact: "made",
  contactId: "contact-1",
  attempts: 2,
  atMs: Date.parse("2026-11-20T12:00:00Z"),
  differs: true,
};

const REFUSED: RowOutcome = {
  row: { kind: "refused", line: 8, key: null, requestId: null, code: "cell-count" },
  state: "refused",
  contact: "none",
  code: "cell-count",
  attempts: 0,
  differs: false,
};

describe("a line of a report", () => {
  test("has a cell for every column, and guards the requestId against spreadsheets as it does the key", () => {
    const lines = [CSV_REPORT.header, CSV_REPORT.line(STARTED), CSV_REPORT.line(REFUSED)].join("\n");
    expect(parse(lines, { columns: true })).toEqual([
      {
        line: "7",
        key: "'=4711",
        requestId: "'=4711",
        state: "started",
        ContactId: "contact-1",
        code: "",
        contact: "made",
        attempts: "2",
        time: "2026-11-20T12:00:00.000Z",
        note: "ContentDiffers",
      },
      {
        line: "8",
        key: "",
        requestId: "",
        state: "refused",
        ContactId: "",
        code: "cell-count",
        contact: "none",
        attempts: "0",
        time: "",
        note: "",
      },
    ]);
  });

  test("has everything as it is for programs, and what is not known as null", () => {
    expect(JSON_REPORT.header).toBeUndefined();
    expect([JSON_REPORT.line(STARTED), JSON_REPORT.line(REFUSED)].map((line) => JSON.parse(line))).toEqual([
      {
        line: 7,
        key: "=4711",
        requestId: "=4711",
        state: "started",
        contactId: "contact-1",
        code: null,
        contact: "made",
        attempts: 2,
        time: "2026-11-20T12:00:00.000Z",
        note: "ContentDiffers",
      },
      {
        line: 8,
        key: null,
        requestId: null,
        state: "refused",
        contactId: null,
        code: "cell-count",
        contact: "none",
        attempts: 0,
        time: null,
        note: null,
      },
    ]);
  });
});
