import { NOTHING_LEGIBLE } from "../contract/legible-identity.ts";
import { openWrapping } from "../envelopes/open-wrapping.ts";
import { invalidEnvelope, type Refusal } from "../envelopes/refusal.ts";
import type { WrappedText } from "../envelopes/wrapped-text.ts";
import { failed, type Result, succeeded } from "../result.ts";
import { latestSlotMs } from "./latest-slot-ms.ts";
import type { Work } from "./work.ts";

/** What a message holds, and what to do when the delivery is done with it. */
export interface Unwrapped {
  readonly message: Result<unknown, Refusal>;
  /** It stood in the payload bucket, or should have: another delivery of the message may have found something else there. */
  readonly isStored: boolean;
  release(): void;
}

/** More than AWS ever puts around one message: an EventBridge event in an SNS notification behind a pointer is two. */
const MOST_TEXTS_IN_TEXTS = 5;

/**
 * The contact request in a message's body, whatever is around it; or there is no room for its payload in the time that this
 * delivery has. Rejects when a store does not answer.
 *
 * However deep somebody nests, there is one text at a time, each from within the one before it, and one payload at most.
 */
export async function unwrapMessage(hand: Omit<Work, "identity">): Promise<Unwrapped | "no-room"> {
  const { delivery, worker } = hand;
  let wrapped: WrappedText = { text: delivery.body, place: "The body" };
  let release: (() => void) | undefined;
  const refused = (refusal: Refusal, isStored = release !== undefined): Unwrapped => {
    release?.();
    return { message: failed(refusal), isStored, release: () => undefined };
  };

  for (let depth = 0; depth <= MOST_TEXTS_IN_TEXTS; depth += 1) {
    const opened = openWrapping(wrapped);
    if (!opened.ok) return refused(opened.error);
    const inside = opened.value;
    switch (inside.kind) {
      case "request":
        return {
          message: succeeded(inside.request),
          isStored: release !== undefined,
          release: release ?? (() => undefined),
        };
      case "notification":
        wrapped = { text: inside.text, place: "The Message of the SNS notification" };
        break;
      case "pointer": {
        if (release !== undefined) return refused(POINTER_IN_POINTER);
        const payload = await worker.payloads.read(inside.pointer, latestSlotMs(hand) - worker.clock.now());
        if (payload === "no-room") return payload;
        if (!payload.ok) return refused({ failure: payload.error, identity: NOTHING_LEGIBLE }, true);
        wrapped = { text: payload.value.text, place: "The payload behind the pointer" };
        // Not the payload itself: its text may be large, and nobody needs it once it is parsed.
        ({ release } = payload.value);
        break;
      }
    }
  }
  return refused(TOO_DEEP);
}

const POINTER_IN_POINTER = invalidEnvelope(
  "MalformedPointer",
  "The payload behind the pointer holds another pointer. Put the contact request itself into the payload bucket.",
);

const TOO_DEEP = invalidEnvelope(
  "NestedTooDeep",
  `The contact request is nested in more than ${MOST_TEXTS_IN_TEXTS} texts, such as notifications of SNS in one another. Send it with fewer around it.`,
);
