import { parseJsonText } from "../envelopes/json-text.ts";
import { asPayloadPointer } from "../envelopes/payload-pointer.ts";
import type { Failure } from "../failures/failure.ts";
import type { Result } from "../result.ts";
import type { Worker } from "./worker.ts";

/** What a message holds, and what to do when the delivery is done with it. */
export interface Unwrapped {
  readonly message: Result<unknown, Failure>;
  release(): void;
}

/** The message behind a body: the body itself, or the payload that it points to. Rejects when a store does not answer. */
export async function unwrapMessage(body: string, { payloads }: Worker): Promise<Unwrapped> {
  const parsed = parseJsonText(body);
  const pointer = parsed.ok ? asPayloadPointer(parsed.value) : undefined;
  if (pointer === undefined) return { message: parsed, release: () => undefined };
  const payload = await payloads.read(pointer);
  if (!payload.ok) return { message: payload, release: () => undefined };
  return { message: parseJsonText(payload.value.text), release: () => payload.value.release() };
}
