import { text } from "./text.ts";

export const segmentAttributeName = text({ min: 1, max: 128 }).regex(/^(?:connect:)?[A-Za-z0-9_-]+$/u, {
  error:
    "must consist of letters A to Z, digits, - and _, behind the prefix connect: if the attribute is system-defined",
});
