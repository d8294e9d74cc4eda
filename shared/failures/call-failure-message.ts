import type { CallFailure } from "./call-failure.ts";
import type { CallFailureKind } from "./classify-call-failure.ts";
import { screenedText } from "./screened-text.ts";

const NEXT_STEP: Readonly<Record<CallFailureKind, string>> = {
  rejected: "Correct the request and send it again under the same requestId.",
  denied: "Check the worker's role, the Region and the instance in the deployment's settings, then redrive.",
  throttled: "Redrive when other users of the account's quota are done.",
  "at-capacity": "Redrive when contacts have ended, or ask AWS for a higher quota of open contacts.",
  conflict: "Look in Connect whether the contact exists before it is sent again.",
  "token-conflict":
    "Another request was sent under this requestId or client token. One request needs a requestId of its own; if this is the same request, look in Connect whether its contact exists before it is sent again.",
  transient:
    "Redrive when Amazon Connect is well, within the token window after doubtSince: the client token stays the same.",
};

/** A sentence for people about a call that failed for good, free of what the request contains. */
export function callFailureMessage(
  failure: CallFailure,
  kind: CallFailureKind,
  vocabulary: ReadonlySet<string>,
): string {
  if (failure.status === undefined) return `Amazon Connect gave no answer (${failure.name}). ${NEXT_STEP[kind]}`;
  const said = failure.text === undefined ? "" : `: ${screenedText(failure.text, vocabulary)}`;
  const reason = failure.attachedFileReason === undefined ? "" : ` (${failure.attachedFileReason})`;
  const traced = failure.awsRequestId === undefined ? "" : ` AWS request id ${failure.awsRequestId}.`;
  return `Amazon Connect answered ${failure.status} ${failure.name}${reason}${endWithStop(said)}${traced} ${NEXT_STEP[kind]}`;
}

const endWithStop = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
