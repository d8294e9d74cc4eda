import { servedInstance } from "../connect-instance.ts";
import { parseContactRequest } from "../contract/contact-request.ts";
import type { Issue } from "../contract/issue.ts";
import { legibleIdentity } from "../contract/legible-identity.ts";
import { printRedacted } from "../contract/print-redacted.ts";
import type { Refusal } from "../envelopes/refusal.ts";
import type { Failure } from "../failures/failure.ts";
import { MOST_ISSUES } from "../failures/told-issues.ts";
import { contentHash } from "../ledger/content-hash.ts";
import { failed, type Result, succeeded } from "../result.ts";
import type { AcceptedRequest } from "./accepted-request.ts";
import { contentOf } from "./content-of.ts";
import type { Worker } from "./worker.ts";

/** Validates what a message holds. */
export function acceptRequest(message: Result<unknown, Refusal>, worker: Worker): Result<AcceptedRequest, Refusal> {
  if (!message.ok) return message;
  const refuse = (failure: Failure, more: Partial<Refusal> = {}) =>
    failed({ failure, identity: legibleIdentity(message.value), ...more });

  const parsed = parseContactRequest(message.value);
  if (!parsed.ok) return refuse(contractViolation(parsed.error));
  const request = parsed.value;
  if (request.operation !== worker.operation) return refuse(wrongQueue(request.operation, worker.operation));
  const instance = servedInstance(worker.instances, request.input.InstanceId);
  if (instance === undefined) return refuse(INSTANCE_NOT_SERVED, { dependsOnSettings: true });

  return succeeded({ request, instance, contentHash: contentHash(contentOf(request, instance)) });
}

function contractViolation(issues: readonly Issue[]): Failure {
  const count = issues.length === 1 ? "1 issue" : `${issues.length} issues`;
  return {
    code: "ContractViolation",
    kind: "invalid",
    message: `The message does not fulfil the contract (${count}). Correct it and send it again under the same requestId.`,
    issues: issues.slice(0, MOST_ISSUES).map(printRedacted),
    issueCount: issues.length,
  };
}

const wrongQueue = (asked: string, served: string): Failure => ({
  code: "WrongQueue",
  kind: "invalid",
  message: `The message asks for ${asked}, and this queue serves ${served}. Send it to the queue of ${asked}.`,
});

const INSTANCE_NOT_SERVED: Failure = {
  code: "InstanceNotServed",
  kind: "invalid",
  message:
    "The deployment does not serve the instance that input.InstanceId names. Leave InstanceId out, or add the instance to the deployment's connectInstanceArns.",
};
