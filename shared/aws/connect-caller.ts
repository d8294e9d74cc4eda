import type { ConnectClient } from "@aws-sdk/client-connect";
import type { ConnectApi } from "../contract/operation.ts";
import type { CallFailure } from "../failures/call-failure.ts";
import type { ConnectCall, ConnectInputs } from "../worker/connect-call.ts";
import type { CallAnswer, Connect, ContactPlace, StopAnswer } from "../worker/ports/connect.ts";
import { memberOf, readSdkError } from "./sdk-error.ts";

interface CallOptions {
  readonly abortSignal: AbortSignal;
}

/** Sends one command to Connect. Rejects as the SDK does. */
type Send<Input, Output> = (client: ConnectClient, input: Input, options: CallOptions) => Promise<Output>;

interface MaybeContact {
  readonly ContactId?: string | undefined;
}

/**
 * How the commands are sent that a worker needs, by the names of their APIs. Each function names its own, so that its
 * bundle holds no other.
 */
export type SendCommands = {
  readonly [Api in ConnectApi]?: Send<ConnectInputs[Api], MaybeContact>;
} & {
  readonly StopContact?: Send<{ readonly InstanceId: string; readonly ContactId: string }, unknown>;
};

/**
 * Calls Amazon Connect. `client` must be set to one attempt: retries of its own would go round the rate limiter. A call
 * for which no command is given is a bug, and throws.
 */
export class ConnectCaller implements Connect {
  readonly #client: ConnectClient;
  readonly #commands: SendCommands;

  constructor(client: ConnectClient, commands: SendCommands) {
    this.#client = client;
    this.#commands = commands;
  }

  async call(call: ConnectCall, timeoutMs: number): Promise<CallAnswer> {
    const sent = this.#send(call, within(timeoutMs));
    if (sent === undefined) throw noCommandFor(call.api);
    try {
      // The SDK does not check what it reads.
      const contactId: unknown = (await sent).ContactId;
      if (typeof contactId !== "string" || contactId === "") return ANSWERED_WITHOUT_ID;
      return { kind: "started", contactId };
    } catch (error) {
      return { kind: "failed", failure: callFailure(error) };
    }
  }

  async stop({ instanceId, contactId }: ContactPlace, timeoutMs: number): Promise<StopAnswer> {
    const send = this.#commands.StopContact;
    if (send === undefined) throw noCommandFor("StopContact");
    try {
      await send(this.#client, { InstanceId: instanceId, ContactId: contactId }, within(timeoutMs));
      return { kind: "ended" };
    } catch (error) {
      return { kind: "failed", failure: callFailure(error) };
    }
  }

  #send(call: ConnectCall, options: CallOptions): Promise<MaybeContact> | undefined {
    switch (call.api) {
      case "StartEmailContact":
        return this.#commands.StartEmailContact?.(this.#client, call.input, options);
      case "StartOutboundEmailContact":
        return this.#commands.StartOutboundEmailContact?.(this.#client, call.input, options);
      case "CreateContact":
        return this.#commands.CreateContact?.(this.#client, call.input, options);
      case "StartOutboundChatContact":
        return this.#commands.StartOutboundChatContact?.(this.#client, call.input, options);
    }
  }
}

const within = (timeoutMs: number): CallOptions => ({ abortSignal: AbortSignal.timeout(timeoutMs) });

const noCommandFor = (api: string): TypeError => new TypeError(`This worker was not given the command of ${api}.`);

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
