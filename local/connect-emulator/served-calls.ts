import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { type Answer, type Refusal, refused } from "./answer.ts";
import { answerCall } from "./answer-call.ts";
import type { ConnectInstances } from "./connect-instances.ts";
import { type EmulatorParts, struckBy } from "./emulator-parts.ts";
import type { FaultName } from "./fault-settings.ts";
import type { OperationName } from "./operation-name.ts";
import { operationAt } from "./operations.ts";
import { readBody } from "./read-body.ts";
import { drawUuid, type SeededRandom, seededRandom } from "./seeded-random.ts";
import { sendAnswer } from "./send-answer.ts";
import { refusalForSignature } from "./signature.ts";

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** The way of a call over HTTP: from the request line to the answer, and what can happen to the connection on the way. */
export class ServedCalls {
  readonly #instances: ConnectInstances;
  readonly #parts: EmulatorParts;
  readonly #requestIds: SeededRandom;

  constructor(instances: ConnectInstances, parts: EmulatorParts) {
    this.#instances = instances;
    this.#parts = parts;
    this.#requestIds = seededRandom(parts.seed, "request ids");
  }

  async serve(exchange: Exchange): Promise<void> {
    const { request } = exchange;
    const operation = operationAt(request.method ?? "", request.url?.split("?")[0] ?? "/");
    if (operation === undefined) {
      return this.#turnAway(refused("UnknownOperationException", "No operation has this method and path"), exchange);
    }
    const refusal = refusalForSignature(request);
    return refusal === undefined ? this.#call(operation, exchange) : this.#turnAway(refusal, exchange);
  }

  #turnAway(refusal: Refusal, { request, response }: Exchange): void {
    this.#parts.stats.refusedBeforeOperation(refusal.name);
    // A body that nobody wants is dropped, so that the connection can be used again.
    request.resume();
    this.#send(refusal, response);
  }

  async #call(operation: OperationName, exchange: Exchange): Promise<void> {
    const { stats } = this.#parts;
    stats.called(operation);
    if (struckBy("connectionReset", operation, this.#parts)) {
      stats.answered(operation, "none");
      exchange.request.socket.resetAndDestroy();
      return;
    }
    const body = await readBody(exchange.request, this.#parts.settings().maxBodyBytes);
    if (body.kind === "aborted") return stats.answered(operation, "none");
    if (body.kind === "too-large") {
      return this.#answer(operation, refused("RequestEntityTooLargeException", "The request is too large"), exchange);
    }
    await this.#delay("delayBefore", operation);
    const answer = answerCall({ operation, body: body.bytes }, this.#instances, this.#parts);
    if (answer.kind === "refused") return this.#answer(operation, answer, exchange);
    await this.#answerOrNot(operation, answer, exchange);
  }

  /** The work is done. Which faults strike is decided here and now: a delay must not change the order. */
  async #answerOrNot(operation: OperationName, answer: Answer, exchange: Exchange): Promise<void> {
    const isLost = struckBy("lostAnswer", operation, this.#parts) !== undefined;
    const isSilent = !isLost && struckBy("silentAnswer", operation, this.#parts) !== undefined;
    await this.#delay("delayAfter", operation);
    if (!isLost && !isSilent) return this.#answer(operation, answer, exchange);
    this.#parts.stats.answered(operation, "none");
    if (isLost) exchange.request.socket.destroy();
  }

  #answer(operation: OperationName, answer: Answer, { response }: Exchange): void {
    this.#parts.stats.answered(operation, answer.kind === "accepted" ? "200" : answer.name);
    this.#send(answer, response);
  }

  #send(answer: Answer, response: ServerResponse): void {
    sendAnswer(answer, drawUuid(this.#requestIds), response);
  }

  async #delay(fault: FaultName, operation: OperationName): Promise<void> {
    const struck = struckBy(fault, operation, this.#parts);
    // The timer keeps no process alive. A caller that gives up meanwhile stops nothing: the real service does not notice either.
    if (struck !== undefined) await wait(struck.delayMs, undefined, { ref: false });
  }
}
