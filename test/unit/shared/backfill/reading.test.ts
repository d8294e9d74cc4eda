import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { csvCells } from "#shared/backfill/input/csv-cells.ts";
import { fileRows } from "#shared/backfill/input/file-rows.ts";
import { inputStart, type OpenFile } from "#shared/backfill/input/input-start.ts";
import { rowBlocks } from "#shared/backfill/input/row-blocks.ts";
import { skipBytes } from "#shared/backfill/input/skip-bytes.ts";
import { rangesOf } from "#shared/backfill/ranges-of.ts";
import { aFile } from "./a-file.ts";
import { csvFiles, pieceSizes } from "./csv-files.ts";

const CSV = { kind: "csv", delimiter: "," } as const;
const ROWS = { kind: "rows" } as const;

async function rowsIn(open: OpenFile) {
  const start = await inputStart(open, CSV);
  const found: unknown[] = [];
  for await (const block of fileRows(open, CSV, start)) {
    const cells = csvCells(block, { delimiter: ",", columns: start.columns.length });
    found.push(...cells.map((each, index) => ({ line: block.rows[index]?.line, cells: each.ok && each.value })));
  }
  return found;
}

describe("for any CSV and any pieces in which it comes", () => {
  test("its rows are read as they were written, each with its line", async () => {
    await fc.assert(
      fc.asyncProperty(csvFiles, pieceSizes, async ({ bytes, rows }, sizes) => {
        expect(await rowsIn(aFile(bytes, sizes))).toEqual(rows);
      }),
      { seed: 20_261_120, numRuns: 400 },
    );
  });

  test("the rows of its ranges, one after the other, are its rows", async () => {
    await fc.assert(
      fc.asyncProperty(csvFiles, pieceSizes, fc.integer({ min: 1, max: 60 }), async (file, sizes, targetBytes) => {
        fc.pre(file.rows.length > 0);
        const cut = await rangesOf(aFile(file.bytes, sizes), CSV, { targetBytes });
        if (!cut.ok) throw cut.error;
        const found: unknown[] = [];
        for (const range of cut.value.ranges) {
          const before = found.length;
          const bytes = aFile(file.bytes.subarray(range.start, range.end), sizes)();
          for await (const block of rowBlocks(bytes, CSV, { offset: range.start, line: range.firstLine })) {
            const cells = csvCells(block, { delimiter: ",", columns: file.columns });
            found.push(
              ...cells.map((each, index) => ({ line: block.rows[index]?.line, cells: each.ok && each.value })),
            );
          }
          expect(found.length - before).toBe(range.rows);
        }
        expect(found).toEqual(file.rows);
        expect(cut.value.rows).toBe(file.rows.length);
      }),
      { seed: 20_261_121, numRuns: 400 },
    );
  });

  test("a range ends with the row that reaches its target, and not later", async () => {
    await fc.assert(
      fc.asyncProperty(csvFiles, fc.integer({ min: 1, max: 60 }), async ({ bytes, rows }, targetBytes) => {
        fc.pre(rows.length > 0);
        const cut = await rangesOf(aFile(bytes), CSV, { targetBytes });
        if (!cut.ok) throw cut.error;
        const { ranges } = cut.value;
        for (const { start, end } of ranges.slice(0, -1)) expect(end - start).toBeGreaterThanOrEqual(targetBytes);
        const singles = await rangesOf(aFile(bytes), CSV, { targetBytes: 1 });
        if (!singles.ok) throw singles.error;
        for (const { start, end } of ranges) {
          const inside = singles.value.ranges.filter((row) => row.start >= start && row.end <= end);
          // Without its last row it has less than the target, if anything.
          expect((inside.at(-2)?.end ?? start) - start).toBeLessThan(targetBytes);
        }
      }),
      { seed: 20_261_122, numRuns: 200 },
    );
  });
});

test("ranges are cut at their number of rows as well", async () => {
  const cut = await rangesOf(aFile("id\n1\n2\n3\n"), CSV, { targetBytes: 1_000, targetRows: 2 });
  expect(cut.ok && cut.value.ranges).toEqual([
    { start: 3, end: 7, firstLine: 2, rows: 2 },
    { start: 7, end: 9, firstLine: 4, rows: 1 },
  ]);
});

test("whatever the bytes are, a row that is malformed spoils itself alone", async () => {
  const alphabet = fc.constantFrom('"', ",", "\n", "\r", "a", '"a"', "\r\n", "ü");
  const line = fc.string({ unit: alphabet, maxLength: 10 });
  await fc.assert(
    fc.asyncProperty(line, pieceSizes, async (middle, sizes) => {
      // A line that leaves a quote open swallows the next: that is another test.
      fc.pre(!isOpenAtEnd(middle));
      const found = await rowsIn(aFile(`a,b\nfirst,1\n${middle}\nlast,2\n`, sizes));
      expect(found.at(0)).toEqual({ line: 2, cells: ["first", "1"] });
      expect(found.at(-1)).toMatchObject({ cells: ["last", "2"] });
    }),
    { seed: 20_261_123, numRuns: 1_000 },
  );
});

/** Whether a row would go on behind this text, by the rules of RFC 4180 written down once more. */
function isOpenAtEnd(text: string): boolean {
  const closed = text.replaceAll(/(^|[,\n])"(?:[^"]|"")*"(?!")/g, "$1");
  return /(^|[,\n])"/.test(closed);
}

describe("JSON lines", () => {
  const line = fc.oneof(
    fc.dictionary(fc.string({ maxLength: 5 }), fc.string(), { maxKeys: 3 }).map((row) => JSON.stringify(row)),
    fc.constantFrom("", " \t", "not JSON", '"open'),
  );

  test("are cut into ranges of whole lines, for any lines and pieces", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(line, fc.constantFrom("\n", "\r\n")), { maxLength: 12 }),
        pieceSizes,
        fc.integer({ min: 1, max: 60 }),
        async (lines, sizes, targetBytes) => {
          const bytes = Buffer.from(`{"first":1}\n${lines.flat().join("")}`);
          const cut = await rangesOf(aFile(bytes, sizes), ROWS, { targetBytes });
          if (!cut.ok) throw cut.error;
          const found = cut.value.ranges.flatMap(({ start, end, firstLine }) => {
            const inRange = bytes.subarray(start, end).toString().split("\n").entries();
            return [...inRange].map(([index, text]) => ({ line: firstLine + index, text: text.trim() }));
          });
          const expected = ['{"first":1}', ...lines.map(([text]) => text)].map((text, index) => ({
            line: index + 1,
            text: text.trim(),
          }));
          const isRow = ({ text }: { text: string }) => text !== "";
          expect(found.filter(isRow)).toEqual(expected.filter(isRow));
          expect(cut.value.rows).toBe(expected.filter(isRow).length);
        },
      ),
      { seed: 20_261_124, numRuns: 300 },
    );
  });

  test("begin behind a byte order mark, and blank lines are counted and no rows", async () => {
    const open = aFile('\uFEFF\n{"id":1}\r\n \t\r\n{"id":2}', [3]);
    const start = await inputStart(open, ROWS);
    expect(start).toEqual({ offset: 3, line: 1, columns: ["id"], first: { id: 1 } });
    const lines: number[] = [];
    for await (const block of fileRows(open, ROWS, start)) lines.push(...block.rows.map((row) => row.line));
    expect(lines).toEqual([2, 4]);
  });

  test("know no quotes: one that is open ends with its line", async () => {
    const cut = await rangesOf(aFile('{"id":1}\n{"id":"2\n{"id":3}\n'), ROWS, { targetBytes: 1 });
    expect(cut.ok && cut.value.ranges.map(({ firstLine }) => firstLine)).toEqual([1, 2, 3]);
  });
});

test("what is skipped is skipped over the ends of pieces", async () => {
  for (const count of [0, 1, 2, 3, 4, 7, 9]) {
    const pieces: Uint8Array[] = [];
    for await (const piece of skipBytes(aFile("01234567", [3])(), count)) pieces.push(piece);
    expect(Buffer.concat(pieces).toString()).toBe("01234567".slice(count));
  }
});
