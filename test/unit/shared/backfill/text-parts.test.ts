import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { textParts } from "#shared/backfill/template/text-parts.ts";

const text = (written: string) => ({ kind: "text", text: written });
const column = (name: string) => ({ kind: "column", name });

test.each([
  ["", [text("")]],
  ["Hello", [text("Hello")]],
  ["{{name}}", [column("name")]],
  ["{{ first name }}", [column("first name")]],
  ["Dear {{name}}!", [text("Dear "), column("name"), text("!")]],
  ["{{a}}{{b}}", [column("a"), column("b")]],
  ["{{a}} {{a}}", [column("a"), text(" "), column("a")]],
  ["{{{{", [text("{{")]],
  ["{{{{name}}", [text("{{name}}")]],
  ["{{{{{{name}}", [text("{{"), column("name")]],
  ["{{{name}}}", [text("{"), column("name"), text("}")]],
  ["}} { }", [text("}} { }")]],
  ['{"a":{"b":"{{c}}"}}', [text('{"a":{"b":"'), column("c"), text('"}}')]],
])("%j consists of %j", (written, parts) => expect(textParts(written)).toEqual({ ok: true, value: parts }));

test.each([
  ["{{name", "unclosed"],
  ["{{name}", "unclosed"],
  ["{{a {{b}}", "unclosed"],
  ["{{a}} {{b", "unclosed"],
  ["{{}}", "unnamed"],
  ["{{  }}", "unnamed"],
])("%j is refused: %s", (written, error) => expect(textParts(written)).toEqual({ ok: false, error }));

test("every text can be written, with its pairs of braces doubled", () => {
  const anything = fc.string({ unit: fc.constantFrom("{", "}", "a", " ", "🍽"), maxLength: 12 });
  fc.assert(
    fc.property(anything, (meant) => {
      const written = meant.replaceAll("{{", "{{{{");
      expect(textParts(written)).toEqual({ ok: true, value: [text(meant)] });
    }),
    { seed: 20_261_120, numRuns: 1_000 },
  );
});
