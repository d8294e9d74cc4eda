import { describe, expect, test } from "@jest/globals";
import type { InputFormat } from "#shared/backfill/input/input-format.ts";
import { isDelimiter } from "#shared/backfill/input/input-format.ts";
import { MAX_ROW_BYTES } from "#shared/backfill/input/unusable-file.ts";
import { rangesOf } from "#shared/backfill/ranges-of.ts";
import { aFile } from "./a-file.ts";
import { aCsvJob } from "./a-job.ts";
import { candidatesIn } from "./candidates-in.ts";

const CSV: InputFormat = { kind: "csv", delimiter: "," };
const ROWS: InputFormat = { kind: "rows" };
const utf16 = (text: string) => Buffer.from(text, "utf16le");

const found = async (content: string | Uint8Array, format: InputFormat = CSV, sizes?: readonly number[]) => {
  const cut = await rangesOf(aFile(content, sizes), format, { targetBytes: 1_000 });
  return cut.ok ? "usable" : { kind: cut.error.kind, line: cut.error.line };
};

describe("a file of which nothing can be used", () => {
  test.each<[string, string | Uint8Array, InputFormat, { kind: string; line: number | undefined }]>([
    ["an empty file", "", CSV, { kind: "empty", line: undefined }],
    ["an empty file of JSON", "", ROWS, { kind: "empty", line: undefined }],
    ["blank lines alone", "\n\r\n\n", CSV, { kind: "no-rows", line: undefined }],
    ["a byte order mark alone", "\uFEFF", CSV, { kind: "no-rows", line: undefined }],
    ["a header alone", "id,name\n", CSV, { kind: "no-rows", line: undefined }],
    ["a header alone without a line end", "id,name", CSV, { kind: "no-rows", line: undefined }],
    ["no line with an object", "id,name\n1,2\n", ROWS, { kind: "no-object", line: undefined }],
    ["a column without a name", "id,,name\n1,2,3\n", CSV, { kind: "unnamed-column", line: 1 }],
    ["a column of spaces", "id,  \n1,2\n", CSV, { kind: "unnamed-column", line: 1 }],
    ["two columns of one name", "\nid,name,id\n1,2,3\n", CSV, { kind: "duplicate-column", line: 2 }],
    ["two columns that differ in spaces", "id,name, name\n1,2,3\n", CSV, { kind: "duplicate-column", line: 1 }],
    ["a header with a stray quote", 'id,na"me\n1,2\n', CSV, { kind: "malformed-header", line: 1 }],
    ["a header in Latin 1", Buffer.from("id,größe\n1,2\n", "latin1"), CSV, { kind: "not-utf-8", line: 1 }],
    ["a quote that is never closed", 'id,name\n1,Ada\n2,"Grace\n3,Joan\n', CSV, { kind: "unclosed-quote", line: 3 }],
    ["a quote that the last byte opens", 'id,name\n1,"', CSV, { kind: "unclosed-quote", line: 2 }],
    ["a header that never closes a quote", 'id,"name\n1,2\n', CSV, { kind: "unclosed-quote", line: 1 }],
    ["UTF-16 with a mark", utf16("\uFEFFid,name\n1,2\n"), CSV, { kind: "utf-16", line: undefined }],
    ["UTF-16 without one", utf16("id,name\n1,2\n"), CSV, { kind: "utf-16", line: undefined }],
    ["UTF-16 the other way round", utf16("\uFEFFid\n1\n").swap16(), CSV, { kind: "utf-16", line: undefined }],
    ["big-endian without a mark", utf16("id\n1\n").swap16(), CSV, { kind: "utf-16", line: undefined }],
    ["UTF-16 of JSON", utf16('{"id":1}\n'), ROWS, { kind: "utf-16", line: undefined }],
    ["a NUL byte in a row", "id,name\n1,Ada\n2,Gr\0ce\n", CSV, { kind: "nul-byte", line: 3 }],
    ["a NUL byte within quotes", 'id,name\n1,"A\nd\0a"\n', CSV, { kind: "nul-byte", line: 3 }],
    ["a NUL byte in the header", "id,na\0me\n1,2\n", CSV, { kind: "nul-byte", line: 1 }],
    ["a NUL byte in JSON", '{"id":1}\n{"id":"\0"}\n', ROWS, { kind: "nul-byte", line: 2 }],
    ["zeroes", Buffer.alloc(100), CSV, { kind: "nul-byte", line: 1 }],
    ["line ends of CR alone", "id,name\r1,Ada\r2,Grace\r", CSV, { kind: "cr-only", line: 1 }],
    ["line ends of CR alone in JSON", '{"id":1}\r{"id":2}\r', ROWS, { kind: "cr-only", line: 1 }],
  ])("is %s", async (_what, content, format, expected) => {
    expect(await found(content, format)).toEqual(expected);
    expect(await found(content, format, [1, 2])).toEqual(expected);
  });

  test("says what, where and what to do, in one sentence after the other", async () => {
    const cut = await rangesOf(aFile('id\n"1\n'), CSV, { targetBytes: 1 });
    expect(!cut.ok && cut.error.message).toBe(
      "Line 2: A row begins in which a quote is opened and never closed, so that it swallows all that follows. Close it, or double the quotes within a cell.",
    );
  });
});

describe("a row of more bytes than any request needs", () => {
  /** A line of 50 MB that stands behind two good ones. Counts what is read of it. */
  const aLongLine = (before: string, piece: Buffer) => {
    const read = { bytes: 0 };
    const open = async function* () {
      yield Buffer.from(before);
      for (let sent = 0; sent < 50_000_000; sent += piece.length) {
        read.bytes += piece.length;
        yield piece;
      }
    };
    return { open, read };
  };

  test.each([
    ["in a CSV", "id,name\n1,Ada\n2,", CSV, 3, "row-too-large"],
    ["behind a quote that is not closed", 'id,name\n1,Ada\n2,"', CSV, 3, "row-too-large"],
    ["in JSON", '{"id":1}\n{"id":"', ROWS, 2, "row-too-large"],
    ["as the whole file", "id", CSV, 1, "row-too-large"],
    ["as the whole file, with line ends of CR", "id,name\r1,2\r", CSV, 1, "cr-only"],
  ])("makes the file unusable %s, and no more of it is read", async (_where, before, format, line, kind) => {
    const { open, read } = aLongLine(before, Buffer.alloc(64 * 1024, "x"));
    const cut = await rangesOf(open, format, { targetBytes: 1_000 });
    expect(!cut.ok && { kind: cut.error.kind, line: cut.error.line }).toEqual({ kind, line });
    // The first reading looks for the header or the first object, the second for rows.
    expect(read.bytes).toBeLessThan(2 * MAX_ROW_BYTES);
  });

  test("is refused also where the file comes as one piece", async () => {
    const row = "x".repeat(MAX_ROW_BYTES + 1);
    expect(await found(`id\n1\n${row}\n2\n`, CSV, [Infinity])).toEqual({ kind: "row-too-large", line: 3 });
  });

  test("may have as many as the limit says", async () => {
    const row = `{"id":"${"x".repeat(MAX_ROW_BYTES - 10)}"}`;
    expect(await found(`${row}\n`, ROWS)).toBe("usable");
    expect(await found(`${row}xx\n`, ROWS)).toEqual({ kind: "row-too-large", line: 1 });
  });
});

describe("a row that is refused, and no other", () => {
  const good = { kind: "candidate" };
  const refused = (code: string) => ({ kind: "refused", reasons: [{ path: "", code }] });

  test.each([
    ["too few cells", "2", "cell-count"],
    ["too many cells", "2,Grace,Hopper", "cell-count"],
    ["a quote within a cell", '2,Grace "Amazing" Hopper', "quotes"],
    ["something behind a closing quote", '2,"Grace" Hopper', "quotes"],
    ["a CR behind a closing quote", '2,"Grace"\rx', "quotes"],
    ["a space before a quote", '2, "Grace"', "quotes"],
    ["invalid UTF-8", Buffer.from([50, 44, 0xc3, 0x28]), "not-utf-8"],
    ["half of a character", Buffer.from([50, 44, 0xe2, 0x82]), "not-utf-8"],
    ["a surrogate in UTF-8", Buffer.from([50, 44, 0xed, 0xa0, 0x80]), "not-utf-8"],
  ])("has %s", async (_what, row, code) => {
    const file = Buffer.concat([Buffer.from("id,name\n1,Ada\n"), Buffer.from(row), Buffer.from("\n3,Joan\n")]);
    const rows = await candidatesIn(aFile(file, [7]), aCsvJob());
    expect(rows).toMatchObject([
      { ...good, line: 2 },
      { ...refused(code), line: 3 },
      { ...good, line: 4 },
    ]);
  });

  test("is not one of CRs alone, which is blank", async () => {
    const rows = await candidatesIn(aFile("id,name\n1,Ada\n\r\r\n2,Joan\n"), aCsvJob());
    expect(rows).toMatchObject([
      { ...good, line: 2, key: "1" },
      { ...good, line: 4, key: "2" },
    ]);
  });

  test("says no value of it", async () => {
    const rows = await candidatesIn(aFile('id,name\n1,secret,secret\n2,se"cret\n'), aCsvJob());
    expect(JSON.stringify(rows)).not.toContain("secret");
  });
});

test.each([
  [",", true],
  [";", true],
  ["\t", true],
  ["|", true],
  [" ", true],
  ['"', false],
  ["\n", false],
  ["\r", false],
  ["", false],
  [",,", false],
  ["ü", false],
])("%j can be a delimiter: %j", (character, can) => expect(isDelimiter(character)).toBe(can));
