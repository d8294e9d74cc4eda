import { failed, type Result, succeeded } from "../result.ts";
import { invalidEnvelope, type Refusal } from "./refusal.ts";
import { unknownEnvelope } from "./unknown-envelope.ts";

/** More than SNS carries (256 KiB), escaped as JSON: no notification of AWS's is refused for it. */
const MAX_TEXT_LENGTH = 1_048_576;

const CONFIRMATIONS = ["SubscriptionConfirmation", "UnsubscribeConfirmation"];

/** Whether an object is what Amazon SNS puts around a message without raw delivery, well-formed or not. */
export const isSnsMessage = (value: object): boolean =>
  Object.hasOwn(value, "Type") && ["Message", "MessageId", "TopicArn"].some((name) => Object.hasOwn(value, name));

/**
 * The text that a notification brings. Who may send is the queue's policy: whoever can write a notification can as well
 * write its text, so that the signature inside proves nothing here.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html
 */
export function textOfNotification({ Type, Message }: Record<string, unknown>): Result<string, Refusal> {
  if (Type !== "Notification") return failed(unknownEnvelope("The message", whatSnsSends(Type)));
  if (typeof Message !== "string") return failed(invalidEnvelope("MalformedNotification", MESSAGE_IS_NO_TEXT));
  if (Message.length > MAX_TEXT_LENGTH) return failed(invalidEnvelope("MalformedNotification", MESSAGE_TOO_LONG));
  return succeeded(Message);
}

function whatSnsSends(type: unknown): string {
  const confirmation = CONFIRMATIONS.find((name) => name === type);
  return confirmation === undefined
    ? "an SNS message whose Type is not Notification"
    : `an SNS message of the Type ${confirmation}`;
}

const MESSAGE_IS_NO_TEXT =
  "The Message of the SNS notification is not a text. Publish the contact request as JSON text, as SNS delivers it.";

const MESSAGE_TOO_LONG = `The Message of the SNS notification has more than ${MAX_TEXT_LENGTH} characters, more than SNS carries. Put the contact request into the payload bucket and publish the pointer.`;
