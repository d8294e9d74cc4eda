import type { SQSClient } from "@aws-sdk/client-sqs";
import { legibleIdentity } from "#shared/contract/legible-identity.ts";
import type { Operation } from "#shared/contract/operation.ts";
import { parseJsonText } from "#shared/envelopes/json-text.ts";
import { DEFAULT_PREFIX } from "../default-prefix.ts";
import type { InputFile } from "../input-file.ts";
import type { LineOutcome, LinePlace } from "../line-outcome.ts";
import { requestLines } from "../request-lines.ts";
import type { OutgoingMessage } from "../sending/batch.ts";
import { OperationQueues } from "../sending/operation-queues.ts";
import type { Sending } from "../sending/send-batch.ts";
import { destination } from "./destination.ts";
import { type PerOperation, perOperation } from "./per-operation.ts";

interface LineMessage extends OutgoingMessage {
  readonly operation: Operation;
  readonly place: LinePlace;
}

export interface SentAsIs {
  readonly sent: PerOperation<number>;
  /** Lines that no queue takes. */
  readonly notSent: readonly Extract<LineOutcome, { kind: "not-sent" }>[];
}

/** Sends every line to a live queue without looking whether it is right, as a careless upstream does. */
export async function sendAsIs(inputs: readonly InputFile[], sqs: SQSClient): Promise<SentAsIs> {
  const queues = new OperationQueues<LineMessage>(sqs, { prefix: DEFAULT_PREFIX });
  const tally = new Tally();
  for (const { name: file, chunks } of inputs) {
    for await (const given of requestLines(chunks)) {
      const place = { file, line: given.line, requestId: null };
      if (given.kind !== "text")
        tally.notSent.push({ ...place, kind: "not-sent", reason: `the line is ${given.kind}` });
      else tally.add(await queues.add(destination(given.text), messageOf(given.text, place)));
    }
  }
  tally.add(await queues.flush());
  return { sent: perOperation((operation) => tally.sent.get(operation) ?? 0), notSent: tally.notSent };
}

function messageOf(text: string, place: LinePlace): LineMessage {
  const json = parseJsonText(text);
  const { requestId, source } = legibleIdentity(json.ok ? json.value : undefined);
  return {
    body: text,
    operation: destination(text),
    place: { ...place, requestId },
    ...(source !== null && { groupId: source }),
  };
}

class Tally {
  readonly sent = new Map<Operation, number>();
  readonly notSent: Extract<LineOutcome, { kind: "not-sent" }>[] = [];

  add(sendings: readonly Sending<LineMessage>[]): void {
    for (const { message, answer } of sendings) {
      const { operation, place } = message;
      if (answer.kind === "sent") this.sent.set(operation, (this.sent.get(operation) ?? 0) + 1);
      else this.notSent.push({ ...place, kind: "not-sent", reason: answer.reason });
    }
  }
}
