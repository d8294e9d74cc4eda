import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { sendableText } from "#producer/sendable-text.ts";

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
const ALLOWED = /^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u;

describe("sendable text", () => {
  test("is taken by SQS and means the same, for any JSON", () => {
    const anyText = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.constantFrom("\uFFFE", "\uFFFF\uFFFE", "\u0000", "🙂"),
    );
    fc.assert(
      fc.property(fc.dictionary(anyText, anyText), (value) => {
        const text = sendableText(JSON.stringify(value));
        expect(text).toMatch(ALLOWED);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { seed: 20261120 },
    );
  });

  test("is the text itself, byte for byte, wherever SQS takes it", () => {
    const text = ' {"a" : "日本 🙂 é" }\t';

    expect(sendableText(text)).toBe(text);
  });
});
