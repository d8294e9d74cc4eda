import type { ConnectClient } from "@aws-sdk/client-connect";
import type { CallFailure } from "../failures/call-failure.ts";
import type { AcceptedRequest } from "../worker/accepted-request.ts";
import type { CallAnswer, Connect } from "../worker/ports/connect.ts";
import { memberOf, readSdkError } from "./sdk-error.ts";

/** Sends the one command of an operation. Rejects as the SDK does. */
export type SendCommand = (
  client: ConnectClient,
  accepted: AcceptedRequest,
  options: { readonly abortSignal: AbortSignal },
) => Promise<{ readonly ContactId?: string | undefined }>;

/**
 * Calls one operation of Amazon Connect. `client` must be set to one attempt: retries of its own would go round the rate
 * limiter.
 */
export class ConnectCaller implements Connect {
  readonly #client: ConnectClient;
  readonly #send: SendCommand;

  constructor(client: ConnectClient, send: SendCommand) {
    this.#client = client;
    this.#send = send;
  }

  async start(accepted: AcceptedRequest, timeoutMs: number): Promise<CallAnswer> {
    try {
      const { ContactId } = await this.#send(this.#client, accepted, { abortSignal: AbortSignal.timeout(timeoutMs) });
      // The SDK does not check what it reads.
      const contactId: unknown = ContactId;
      if (typeof contactId !== "string" || contactId === "") return ANSWERED_WITHOUT_ID;
      return { kind: "started", contactId };
    } catch (error) {
      return { kind: "failed", failure: callFailure(error) };
    }
  }
}

/** The API model allows it. It proves neither that there is a contact nor that there is none. */
const ANSWERED_WITHOUT_ID: CallAnswer = { kind: "failed", failure: { name: "AnswerWithoutContactId", status: 200 } };

/** https://docs.aws.amazon.com/connect/latest/APIReference/API_CreateContact.html, Errors */
function callFailure(error: unknown): CallFailure {
  const { name, status, requestId, message } = readSdkError(error);
  const reason = attachedFileReason(error);
  return {
    name,
    ...(status !== undefined && { status }),
    ...(requestId !== undefined && { awsRequestId: requestId }),
    ...(message !== undefined && { text: message }),
    ...(reason !== undefined && { attachedFileReason: reason }),
  };
}

const ATTACHED_FILE_REASONS = [
  "AttachedFileServiceQuotaExceededExceptionReason",
  "AttachedFileInvalidRequestExceptionReason",
];

function attachedFileReason(error: unknown): string | undefined {
  const reason = memberOf(error, "Reason");
  const values = ATTACHED_FILE_REASONS.map((name) => memberOf(reason, name)).filter(
    (value) => typeof value === "string",
  );
  // An enum of the model: anything else might be quoted from the request.
  return values.find((value) => /^[A-Z_]{1,60}$/.test(value));
}
