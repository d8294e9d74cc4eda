import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { MAX_LINE_BYTES } from "#cli/line-buffer.ts";
import { requestLines } from "#cli/request-lines.ts";
import { gather } from "#test/support/gather.ts";

async function* chunksOf(bytes: Uint8Array, sizes: readonly number[] = []): AsyncGenerator<Uint8Array> {
  let start = 0;
  for (const size of sizes) {
    yield bytes.subarray(start, start + size);
    start += size;
  }
  yield bytes.subarray(start);
}

const read = async (bytes: Uint8Array, sizes?: readonly number[]) => gather(requestLines(chunksOf(bytes, sizes)));
const text = (line: number, content: string) => ({ kind: "text", line, text: content });

describe("the lines of an input", () => {
  test.each([
    ["nothing", "", []],
    ["one line without an end", "{}", [text(1, "{}")]],
    ["a line end behind the last line", "{}\n", [text(1, "{}")]],
    ["line ends of Windows", "1\r\n2\r\n", [text(1, "1"), text(2, "2")]],
    ["a byte order mark at the beginning", "\uFEFF1\n2", [text(1, "1"), text(2, "2")]],
    ["a byte order mark elsewhere", "1\n\uFEFF2", [text(1, "1"), text(2, "\uFEFF2")]],
    ["blank lines, which are counted", "\n \t\r\n1\n\n\n2\n\n", [text(3, "1"), text(6, "2")]],
    [
      "other separators of Unicode, which end no line",
      '"\u2028\u2029\u0085\v\f"',
      [text(1, '"\u2028\u2029\u0085\v\f"')],
    ],
    ["a zero byte", "a\0b", [text(1, "a\0b")]],
    ["a CR within a line", "a\rb\r\n", [text(1, "a\rb")]],
  ])("are right for %s", async (_name, content, lines) => {
    expect(await read(Buffer.from(content))).toEqual(lines);
  });

  test("that are not UTF-8 are said to be so, and the next one is read", async () => {
    const bytes = Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}\n{}')]);

    expect(await read(bytes)).toEqual([{ kind: "not-utf-8", line: 1 }, text(2, "{}")]);
  });

  test.each([
    ["as long as a line may be", 0, "text"],
    ["one byte longer", 1, "too-long"],
    ["far longer", 18 * 1024 * 1024, "too-long"],
  ])("%s: the line is judged, and the next one is read", async (_name, more, kind) => {
    const bytes = Buffer.alloc(MAX_LINE_BYTES + more + 2, "x");
    bytes.write("\n2", bytes.length - 2);

    expect((await read(bytes)).map((line) => [line.kind, line.line])).toEqual([
      [kind, 1],
      ["text", 2],
    ]);
  });

  test("do not depend on how the bytes are cut into chunks", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc
          .array(fc.constantFrom("a", "é", "🙂", "\n", "\r\n", "\uFEFF", " ", "\n\n", "日本"))
          .map((parts) => parts.join("")),
        fc.array(fc.nat(5)),
        async (content, sizes) => {
          const bytes = Buffer.from(content);
          expect(await read(bytes, sizes)).toEqual(await read(bytes));
        },
      ),
      { seed: 20261120 },
    );
  });
});
