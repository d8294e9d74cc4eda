import { text } from "./text.ts";

export const contactId = text({ min: 1, max: 256 });
