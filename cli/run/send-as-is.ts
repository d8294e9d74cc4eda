import type { SQSClient } from "@aws-sdk/client-sqs";
import { PATIENCE } from "#producer/patience.ts";
import { type Assignment, SendRun } from "#producer/send-run.ts";
import { legibleIdentity } from "#shared/contract/legible-identity.ts";
import type { Operation } from "#shared/contract/operation.ts";
import { parseJsonText } from "#shared/envelopes/json-text.ts";
import { DEFAULT_PREFIX } from "../default-prefix.ts";
import type { InputFile } from "../input-file.ts";
import type { LineOutcome, LinePlace } from "../line-outcome.ts";
import { requestLines } from "../request-lines.ts";
import { OperationQueues } from "../sending/operation-queues.ts";
import { destination } from "./destination.ts";
import { type PerOperation, perOperation } from "./per-operation.ts";

interface SentLine {
  readonly operation: Operation;
  readonly place: LinePlace;
}

type NotSent = Extract<LineOutcome, { kind: "not-sent" }>;

export interface SentAsIs {
  readonly sent: PerOperation<number>;
  /** Lines that no queue takes. */
  readonly notSent: readonly NotSent[];
}

/** Sends every line to a live queue without looking whether it is right, as a careless upstream does. */
export async function sendAsIs(inputs: readonly InputFile[], sqs: SQSClient): Promise<SentAsIs> {
  const queues = new OperationQueues(sqs, { prefix: DEFAULT_PREFIX, lane: "live" });
  const run = new SendRun<SentLine>({ queueOf: queues.of.bind(queues), patience: PATIENCE });
  const sent = new Map<Operation, number>();
  const notSent: NotSent[] = [];
  const messages = messagesOf(inputs, (line) => notSent.push(line));
  for await (const { tag, answer } of run.outcomes(messages)) {
    if (answer.kind === "sent") sent.set(tag.operation, (sent.get(tag.operation) ?? 0) + 1);
    else notSent.push({ ...tag.place, kind: "not-sent", reason: answer.reason });
  }
  return { sent: perOperation((operation) => sent.get(operation) ?? 0), notSent };
}

async function* messagesOf(
  inputs: readonly InputFile[],
  onNotSent: (line: NotSent) => void,
): AsyncGenerator<Assignment<SentLine>, void> {
  for (const { name: file, chunks } of inputs) {
    for await (const given of requestLines(chunks)) {
      const place = { file, line: given.line, requestId: null };
      if (given.kind === "text") yield messageOf(given.text, place);
      else onNotSent({ ...place, kind: "not-sent", reason: `the line is ${given.kind}` });
    }
  }
}

function messageOf(text: string, place: LinePlace): Assignment<SentLine> {
  const json = parseJsonText(text);
  const { requestId, source } = legibleIdentity(json.ok ? json.value : undefined);
  const operation = destination(text);
  return {
    tag: { operation, place: { ...place, requestId } },
    operation,
    message: { body: text, ...(source !== null && { groupId: source }) },
  };
}
