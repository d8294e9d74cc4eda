import type { Issue, PrintedIssue } from "./issue.ts";
import { printPath } from "./print-path.ts";

/**
 * An issue for logs, events and dead letters: a key that the upstream chose is written as its position from 0, as in
 * `input.Attributes{3}`. The path of the message as a whole is the empty string.
 */
export const printRedacted = ({ path, code, message }: Issue): PrintedIssue => ({
  path: printPath(path, ({ position }) => `{${position}}`),
  code,
  message,
});
