import { text } from "./text.ts";

/** What agents see as the contact's description. */
export const description = text({ max: 4096 });
