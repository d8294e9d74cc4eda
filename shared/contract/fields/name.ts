import { text } from "./text.ts";

/** What agents see as the contact's name. */
export const name = text({ max: 1024 });
