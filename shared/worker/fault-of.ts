/**
 * What an unexpected error may say in a log: its class, and where in the code it was thrown. Never its message, which
 * may quote a request.
 */
export function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  // The stack begins with the message, and a message may hold lines that look like frames.
  const stack = (error.stack ?? "").replace(error.message, "");
  const frames = stack.split("\n").filter((line) => /^\s+at /.test(line));
  return [error.name, ...frames.slice(0, 5).map((line) => line.trim())].join(" ");
}
