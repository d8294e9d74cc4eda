import type { Failure } from "../failures/failure.ts";
import { failed, type Result, succeeded } from "../result.ts";

/** Parses a body. The failure says that it is not JSON, and nothing of what it is. */
export function parseJsonText(text: string): Result<unknown, Failure> {
  try {
    const value: unknown = JSON.parse(text.startsWith("\uFEFF") ? text.slice(1) : text);
    return succeeded(value);
  } catch {
    return failed({
      code: "NotJson",
      kind: "invalid",
      message: "The body is not JSON. Send a contact request as one JSON object in UTF-8.",
    });
  }
}
