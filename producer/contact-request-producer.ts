import { type ContactRequest, parseContactRequest } from "#shared/contract/contact-request.ts";
import { isObject } from "#shared/contract/is-object.ts";
import { legibleIdentity } from "#shared/contract/legible-identity.ts";
import { printRedacted } from "#shared/contract/print-redacted.ts";
import { checkOptions } from "./check-options.ts";
import type { ContactRequestProducerOptions } from "./producer-options.ts";
import { runOptions } from "./run-options.ts";
import type { EntryAnswer } from "./send-batch.ts";
import type { Failed, Refused, RequestPlace, SendOutcome, Sent } from "./send-outcome.ts";
import { type Assignment, SendRun, type SendRunOptions } from "./send-run.ts";
import type { SendableRequest } from "./sendable-request.ts";
import { sendableText } from "./sendable-text.ts";

export type {
  ContactRequest,
  CreateContactRequest,
  OutboundEmailRequest,
  StartEmailContactRequest,
  StartOutboundChatContactRequest,
  StartOutboundEmailContactRequest,
} from "#shared/contract/contact-request.ts";
export type { IssueCode, PrintedIssue } from "#shared/contract/issue.ts";
export type { Operation } from "#shared/contract/operation.ts";
export type { Lane } from "#shared/contract/queue-name.ts";
export type { ObjectStore } from "./object-store.ts";
export type { ContactRequestProducerOptions } from "./producer-options.ts";
export type { Failed, Refused, RequestPlace, SendOutcome, Sent } from "./send-outcome.ts";
export type { ContactRequestDraft, SendableRequest } from "./sendable-request.ts";

/** Ends a sending early. */
export interface SendOptions {
  readonly signal?: AbortSignal;
}

/** Members that are no options may not be there: a type that is inferred would let them pass beside those that are. */
type NoOthers<Options> = Options extends unknown
  ? { readonly [Name in Exclude<keyof Options, keyof ContactRequestProducerOptions>]: never }
  : never;

/**
 * Sends contact requests to the queues of a deployment. Each is checked against the contract first. A request is sent at
 * least once; its requestId makes that safe.
 */
export class ContactRequestProducer<
  const Options extends ContactRequestProducerOptions = ContactRequestProducerOptions,
> {
  readonly #options: ContactRequestProducerOptions;
  readonly #run: SendRunOptions;

  /** Throws an Error that names the option which is wrong. */
  constructor(options: Options & NoOthers<Options>);
  constructor(options?: ContactRequestProducerOptions);
  constructor(options: ContactRequestProducerOptions = {}) {
    checkOptions(options);
    this.#options = options;
    this.#run = runOptions(this.#options);
  }

  /** Sends one request. Rejects with the signal's reason where it is aborted already, and otherwise not. */
  async send(request: SendableRequest<Options>, options: SendOptions = {}): Promise<SendOutcome> {
    for await (const outcome of this.sendMany([request], options)) return outcome;
    throw new Error("The sending of one request ended without its outcome.");
  }

  /**
   * Sends any number of requests, and says of each in their order what became of it. It goes on as its outcomes are read, and reads
   * at most `readAhead` requests ahead of them; leaving the loop ends it. Throws what the source throws, or the signal's reason, after
   * the outcomes of all that were read before.
   */
  async *sendMany(
    requests: Iterable<SendableRequest<Options>> | AsyncIterable<SendableRequest<Options>>,
    { signal }: SendOptions = {},
  ): AsyncGenerator<SendOutcome, void, undefined> {
    const run = new SendRun<RequestPlace, Refused>({ ...this.#run, ...(signal !== undefined && { signal }) });
    for await (const { tag, answer } of run.outcomes(this.#assignments(requests))) yield { ...tag, ...told(answer) };
  }

  async *#assignments(
    requests: Iterable<unknown> | AsyncIterable<unknown>,
  ): AsyncGenerator<Assignment<RequestPlace, Refused>, void> {
    let index = 0;
    for await (const request of requests) {
      yield assignment(this.#completed(request), index);
      index += 1;
    }
  }

  /** The request with what the options say where it says nothing itself. */
  #completed(request: unknown): unknown {
    if (!isObject(request)) return request;
    const { generateRequestId, source } = this.#options;
    const { requestId = generateRequestId?.(), source: ownSource = source } = request;
    return {
      ...request,
      ...(requestId !== undefined && { requestId }),
      ...(ownSource !== undefined && { source: ownSource }),
    };
  }
}

function assignment(request: unknown, index: number): Assignment<RequestPlace, Refused> {
  const parsed = parseContactRequest(request);
  const tag = { index, requestId: legibleIdentity(request).requestId };
  if (!parsed.ok) return { tag, decided: { kind: "refused", issues: parsed.error.map(printRedacted) } };
  return { tag, operation: parsed.value.operation, message: messageOf(parsed.value) };
}

const messageOf = (request: ContactRequest) => ({
  body: sendableText(JSON.stringify(request)),
  ...(request.source !== undefined && { groupId: request.source }),
});

/** Without the SDK's error, which holds the whole answer of AWS: the reason says what it says. */
function told(answer: EntryAnswer | Refused): Sent | Refused | Failed {
  if (answer.kind !== "failed") return answer;
  return { kind: "failed", reason: answer.reason, isFinal: answer.isFinal };
}
