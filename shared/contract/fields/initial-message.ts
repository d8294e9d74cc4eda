import * as z from "zod";
import { rule } from "../rule.ts";
import { utf8Bytes } from "../utf8-bytes.ts";
import { text } from "./text.ts";

const MAX_BYTES = 16_384;

const atMostAsManyCharacters = text({ min: 1, max: 16_384 });

const content = atMostAsManyCharacters.check(
  rule(atMostAsManyCharacters, (value, refuse) => {
    if (utf8Bytes(value) > MAX_BYTES) refuse([], "too-long", `must be at most ${MAX_BYTES} bytes of UTF-8 long`);
  }),
);

/** The message that opens a chat. The model counts its characters, the API reference its bytes: both hold. */
export const initialMessage = z.strictObject({
  ContentType: z.enum([
    "text/plain",
    "text/markdown",
    "application/json",
    "application/vnd.amazonaws.connect.message.interactive.response",
  ]),
  Content: content,
});
