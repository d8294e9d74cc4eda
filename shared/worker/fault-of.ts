import { UnreadableItemError } from "./unreadable-item-error.ts";

/**
 * What an unexpected error may say in a log: its class, and where in the code it was thrown. Its message may quote a
 * request, and is left out but for one of ours that never does.
 */
export function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  // The stack begins with the message, and a message may hold lines that look like frames.
  const stack = (error.stack ?? "").replace(error.message, "");
  const frames = stack.split("\n").filter((line) => /^\s+at /.test(line));
  const said = error instanceof UnreadableItemError ? `${error.name}: ${error.message}` : error.name;
  return [said, ...frames.slice(0, 5).map((line) => line.trim())].join(" ");
}
