import type { Issue, PrintedIssue } from "./issue.ts";
import { printPath } from "./print-path.ts";

/** JSON leaves DEL, the C1 controls and the marks that reverse text as they are; a terminal obeys them. */
const obeyedByTerminals = /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

const quoted = (key: string): string => JSON.stringify(key).replaceAll(obeyedByTerminals, escaped);

/**
 * An issue for people who look at a file of their own: keys are written out, as in `input.Attributes["customer name"]`. The
 * path of the message as a whole is the empty string.
 */
export const printReadable = ({ path, code, message }: Issue): PrintedIssue => ({
  path: printPath(path, ({ key }) => `[${quoted(key)}]`),
  code,
  message,
});
