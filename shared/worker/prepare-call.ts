import type { Failure } from "../failures/failure.ts";
import { type Result, succeeded } from "../result.ts";
import type { ConnectCall } from "./connect-call.ts";
import { signAttachments } from "./sign-attachments.ts";
import { toConnectCall } from "./to-connect-call.ts";
import type { StepWork } from "./work.ts";

/** The call that a step makes, or why it can never be made. Rejects where attachments cannot be signed now. */
export async function prepareCall({ accepted, step, worker }: StepWork): Promise<Result<ConnectCall, Failure>> {
  const signed = await signAttachments(accepted.request, worker.attachments);
  return signed.ok ? succeeded(toConnectCall(signed.value, step)) : signed;
}
