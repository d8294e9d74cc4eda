import { SQSClient } from "@aws-sdk/client-sqs";
import type { LocalSystem } from "#local/start-local-system.ts";
import { OPERATIONS, type Operation } from "#shared/contract/operation.ts";
import { queueName } from "#shared/contract/queue-name.ts";
import { DEFAULT_PREFIX } from "../default-prefix.ts";
import type { InputFile } from "../input-file.ts";
import { tell } from "../tell.ts";
import type { CountConnect } from "./connect-counts.ts";
import { counted } from "./counted.ts";
import { perOperation, sumOver } from "./per-operation.ts";
import { startProgress } from "./progress.ts";
import { type DeadLetterReason, readDeadLetters } from "./read-dead-letters.ts";
import { type SentAsIs, sendAsIs } from "./send-as-is.ts";
import type { RunFacts } from "./summary.ts";
import { untilEnded } from "./until-ended.ts";

export interface RunningSystem {
  readonly system: LocalSystem;
  readonly countConnect: CountConnect;
  /** Ends the run; then it rejects. */
  readonly signal: AbortSignal;
}

export interface RunResult {
  readonly facts: RunFacts;
  readonly notSent: SentAsIs["notSent"];
  /** How many had not ended when nothing moved any more. */
  readonly open: number;
}

/** Sends every line of the inputs, and waits until each has become a contact or a dead letter. */
export async function runRequests(inputs: readonly InputFile[], running: RunningSystem): Promise<RunResult> {
  const { system, countConnect } = running;
  const sqs = new SQSClient({
    endpoint: system.endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  try {
    const startedAt = performance.now();
    const { sent, notSent } = await sendAsIs(inputs, sqs);
    const total = sumOver(sent, (count) => count);
    tell(`${counted(total, "request")} on the queues. The account's quota takes 2 a second of each operation.`);
    const open = await watch(total, running);
    const elapsedMs = performance.now() - startedAt;
    const deadLetters = await allDeadLetters(sqs, system);
    return { facts: { sent, notSent: notSent.length, connect: countConnect(), deadLetters, elapsedMs }, notSent, open };
  } finally {
    sqs.destroy();
  }
}

async function watch(total: number, { system, countConnect, signal }: RunningSystem): Promise<number> {
  const progress = startProgress(total);
  const onLook = () => {
    const connect = countConnect();
    const contacts = sumOver(connect, (counts) => counts.contacts);
    const repeats = sumOver(connect, (counts) => counts.repeats);
    const deadLetters = messagesIn(system, isDeadLetterQueue);
    // Counted by what came of them: messages leave their queue in batches, and later.
    const ended = Math.min(total, contacts + repeats + deadLetters);
    progress.show({ ended, contacts, deadLetters, throttled: sumOver(connect, (counts) => counts.throttled) });
  };
  try {
    return await untilEnded({ open: () => messagesIn(system, (name) => !isDeadLetterQueue(name)), onLook, signal });
  } finally {
    progress.end();
  }
}

const isDeadLetterQueue = (name: string): boolean => name.endsWith("-dead-letters");

function messagesIn(system: LocalSystem, isMeant: (queueName: string) => boolean): number {
  const meant = Object.entries(system.queueDepths()).filter(([name]) => isMeant(name));
  return meant.reduce((sum, [, { visible, inFlight, delayed }]) => sum + visible + inFlight + delayed, 0);
}

async function allDeadLetters(sqs: SQSClient, { queueUrls }: LocalSystem): Promise<RunFacts["deadLetters"]> {
  const letters = new Map<Operation, readonly DeadLetterReason[]>();
  for (const operation of OPERATIONS) {
    const url = queueUrls[queueName(DEFAULT_PREFIX, operation, "dead-letters")];
    if (url !== undefined) letters.set(operation, await readDeadLetters(sqs, url));
  }
  return perOperation((operation) => letters.get(operation) ?? []);
}
