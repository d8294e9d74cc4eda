import { text } from "./text.ts";

/** AWS matches a pattern of its model against the whole value, so it is anchored here. */
export const emailAddress = text({ min: 1, max: 255 }).regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/u, {
  error: "must be an e-mail address, as in name@example.com",
});
