import fc from "fast-check";

/** A CSV file, and what a reader must find in it. */
export interface CsvFile {
  readonly bytes: Buffer;
  readonly columns: number;
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[];
}

const LINE_END = fc.constantFrom("\n", "\r\n");

const cell = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc.string({ unit: fc.constantFrom('"', ",", "\n", "\r\n", "\r", "a", " ", "ü", "🍽"), maxLength: 8 }),
);

const row = (columns: number) =>
  fc.record({
    cells: fc.array(fc.record({ text: cell, quoted: fc.boolean() }), { minLength: columns, maxLength: columns }),
    end: LINE_END,
    blankLines: fc.array(LINE_END, { maxLength: 2 }),
  });

/** Any file that RFC 4180 allows, with blank lines, any mixture of line ends, and a byte order mark or none. */
export const csvFiles: fc.Arbitrary<CsvFile> = fc.integer({ min: 1, max: 4 }).chain((columns) =>
  fc
    .record({ rows: fc.array(row(columns), { maxLength: 12 }), hasMark: fc.boolean(), endsOpen: fc.boolean() })
    .map(({ rows, hasMark, endsOpen }) => {
      const header = Array.from({ length: columns }, (_, index) => `column ${index}`).join(",");
      let text = `${hasMark ? "\uFEFF" : ""}${header}\r\n`;
      const expected: { line: number; cells: string[] }[] = [];
      for (const [index, { cells, end, blankLines }] of rows.entries()) {
        expected.push({ line: 1 + text.split("\n").length - 1, cells: cells.map((each) => each.text) });
        const isLast = index === rows.length - 1;
        text += cells.map(written).join(",") + (isLast && endsOpen ? "" : end + blankLines.join(""));
      }
      return { bytes: Buffer.from(text), columns, rows: expected };
    }),
);

/** A lone empty cell must stand in quotes: without them its line would be a blank one. */
const written = ({ text, quoted }: { text: string; quoted: boolean }, _index: number, cells: readonly unknown[]) =>
  quoted || /[",\r\n]/.test(text) || (text === "" && cells.length === 1) ? `"${text.replaceAll('"', '""')}"` : text;

/** Sizes of the pieces in which a file comes. */
export const pieceSizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });
