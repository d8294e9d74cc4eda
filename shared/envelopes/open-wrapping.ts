import { isObject } from "../contract/is-object.ts";
import { failed, type Result, succeeded } from "../result.ts";
import { isEvent, requestInEvent } from "./eventbridge-event.ts";
import { parseWrappedText } from "./parse-wrapped-text.ts";
import { isPointer, type PayloadPointer, readPointer } from "./payload-pointer.ts";
import { isPlainRequest } from "./plain-request.ts";
import type { Refusal } from "./refusal.ts";
import { isSnsMessage, textOfNotification } from "./sns-notification.ts";
import { strangeShape, unknownEnvelope } from "./unknown-envelope.ts";
import type { WrappedText } from "./wrapped-text.ts";

/** What is under one wrapping. */
export type Opened =
  /** A contact request, as far as anybody can tell without the contract. */
  | { readonly kind: "request"; readonly request: unknown }
  | { readonly kind: "notification"; readonly text: string }
  | { readonly kind: "pointer"; readonly pointer: PayloadPointer };

/** Opens the outermost wrapping of a text. Never throws. */
export function openWrapping(wrapped: WrappedText): Result<Opened, Refusal> {
  const parsed = parseWrappedText(wrapped);
  if (!parsed.ok) return parsed;
  const { value } = parsed;

  if (isPlainRequest(value)) return succeeded({ kind: "request", request: value });
  if (isPointer(value)) return opened(readPointer(value), (pointer) => ({ kind: "pointer", pointer }));
  if (isObject(value) && isEvent(value)) {
    return opened(requestInEvent(value), (request) => ({ kind: "request", request }));
  }
  if (isObject(value) && isSnsMessage(value)) {
    return opened(textOfNotification(value), (text) => ({ kind: "notification", text }));
  }
  const seen = strangeShape(value);
  // What has no shape at all may be a request of which nothing is right: the contract says what.
  return seen === undefined
    ? succeeded({ kind: "request", request: value })
    : failed(unknownEnvelope(wrapped.place, seen));
}

function opened<Inside>(inside: Result<Inside, Refusal>, as: (inside: Inside) => Opened): Result<Opened, Refusal> {
  return inside.ok ? succeeded(as(inside.value)) : inside;
}
