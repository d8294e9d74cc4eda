import * as z from "zod";
import { isObject } from "../is-object.ts";
import { rule } from "../rule.ts";
import { utf8Bytes } from "../utf8-bytes.ts";
import { mapOf } from "./map-of.ts";
import { text } from "./text.ts";

const MAX_BYTES = 4096;

const EPOCH_TIMESTAMP = /^[0-9]{1,16}$/u;

const arn = text({ min: 20, max: 256 }).regex(/^[-:/A-Za-z0-9]+$/u, {
  error: "must be an ARN, which consists of letters, digits and - : /",
});

const reference = <Type extends z.ZodType<string>>(type: Type) =>
  z
    .strictObject({
      Value: text({ max: 4096 }).optional(),
      Type: type,
      Status: z.enum(["AVAILABLE", "DELETED", "APPROVED", "REJECTED", "PROCESSING", "FAILED"]).optional(),
      Arn: arn.optional(),
      StatusReason: text({ max: 100 }).optional(),
    })
    .check(
      rule(z.object({ Type: z.literal("URL"), Value: z.string() }), ({ Value }, refuse) => {
        if (/\s/u.test(Value) || !URL.canParse(Value)) {
          refuse(["Value"], "pattern", "must be a URL with its scheme, as in https://example.com/order");
        }
      }),
      rule(z.object({ Type: z.literal("DATE"), Value: z.string() }), ({ Value }, refuse) => {
        if (!EPOCH_TIMESTAMP.test(Value)) {
          refuse(["Value"], "pattern", "must be an epoch timestamp: a whole number written in digits");
        }
      }),
    );

const bytesOf = (entries: Readonly<Record<string, unknown>>): number =>
  Object.entries(entries).reduce((bytes, [key, entry]) => {
    const value = isObject(entry) ? entry["Value"] : undefined;
    return bytes + utf8Bytes(key) + (typeof value === "string" ? utf8Bytes(value) : 0);
  }, 0);

/** References that agents see at the contact, of the types that the operation takes. */
export const references = <Type extends z.ZodType<string>>(type: Type) =>
  mapOf(text({ min: 1, max: 4096 }), reference(type)).check(
    rule(z.record(z.string(), z.unknown()), (entries, refuse) => {
      if (bytesOf(entries) <= MAX_BYTES) return;
      refuse([], "too-large", `all keys and values together must be at most ${MAX_BYTES} bytes of UTF-8`);
    }),
  );
