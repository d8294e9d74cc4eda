import { describe, expect, test } from "@jest/globals";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { csvLine } from "#cli/backfill/watch/csv-line.ts";

const SEED = Number(process.env["SEED"] ?? 20261120);

describe("a line of a CSV", () => {
  test.each([
    ["plain", "plain"],
    ["with, a comma", '"with, a comma"'],
    ['with "quotes"', '"with ""quotes"""'],
    ["two\nlines", '"two\nlines"'],
    ["=1+1", "'=1+1"],
    ["+4915112345678", "'+4915112345678"],
    ["-1", "'-1"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\tx", `"'\tx"`],
    ["a;=1+1", '"a;=1+1"'],
    ["a\tb", '"a\tb"'],
    ['=HYPERLINK("x","y")', `"'=HYPERLINK(""x"",""y"")"`],
    ["a=b", "a=b"],
  ])("has the cell %j as %j", (cell, written) => {
    expect(csvLine([cell])).toBe(written);
  });

  test("leaves out what is not known, and writes numbers as they are", () => {
    expect(csvLine([null, -1, "", "x"])).toBe(",-1,,x");
  });

  test(`is read as it was meant, but for the apostrophe (seed ${SEED})`, () => {
    const cell = fc.string({
      unit: fc.oneof(fc.constantFrom(",", ";", "\t", '"', "\n", "\r", "=", "'", " ", "é"), fc.string()),
    });
    fc.assert(
      fc.property(fc.array(cell, { minLength: 2, maxLength: 5 }), (cells) => {
        const read: string[][] = parse(`${csvLine(cells)}\n`, { record_delimiter: "\n" });
        expect(read).toEqual([cells.map((each) => (/^[=+\-@\t\r]/.test(each) ? `'${each}` : each))]);
      }),
      { seed: SEED },
    );
  });
});
