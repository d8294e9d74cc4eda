import * as z from "zod";
import { rule } from "../rule.ts";
import { utf8Bytes } from "../utf8-bytes.ts";
import { mapOf } from "./map-of.ts";
import { text } from "./text.ts";

const MAX_BYTES = 32_768;

const attributeName = text({ min: 1, max: 32_767 }).regex(/^[A-Za-z0-9_-]*$/u, {
  error: "must consist of letters A to Z, digits, - and _",
});

const bytesOf = (entries: Readonly<Record<string, unknown>>): number =>
  Object.entries(entries).reduce(
    (bytes, [name, value]) => bytes + utf8Bytes(name) + (typeof value === "string" ? utf8Bytes(value) : 0),
    0,
  );

/** Contact attributes, which flows can read. Their total size is a rule of the API reference, not of its model. */
export const attributes = mapOf(attributeName, text({ max: 32_767 })).check(
  rule(z.record(z.string(), z.unknown()), (entries, refuse) => {
    if (bytesOf(entries) <= MAX_BYTES) return;
    refuse([], "too-large", `all keys and values together must be at most ${MAX_BYTES} bytes of UTF-8`);
  }),
);
