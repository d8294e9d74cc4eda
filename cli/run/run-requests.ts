import type { SQSClient } from "@aws-sdk/client-sqs";
import type { LocalSystem } from "#local/start-local-system.ts";
import { OPERATIONS, type Operation } from "#shared/contract/operation.ts";
import { queueName } from "#shared/contract/queue-name.ts";
import { DEFAULT_PREFIX } from "../default-prefix.ts";
import type { InputFile } from "../input-file.ts";
import { tell } from "../tell.ts";
import { type ConnectCounts, connectCounts } from "./connect-counts.ts";
import { countByWay } from "./count-by-way.ts";
import { counted } from "./counted.ts";
import { type PerOperation, perOperation, sumOver } from "./per-operation.ts";
import { startProgress } from "./progress.ts";
import { type DeadLetterReason, readDeadLetters } from "./read-dead-letters.ts";
import { type SentAsIs, sendAsIs } from "./send-as-is.ts";
import type { RunFacts } from "./summary.ts";
import type { ThrottlesInLog } from "./throttles-in-log.ts";
import { type ToldOutcome, toldOutcomes } from "./told-outcomes.ts";
import { untilEnded } from "./until-ended.ts";
import { type LocalClients, localClients } from "./ways/local-clients.ts";
import type { SentByWay } from "./ways/way-in.ts";

export interface RunningSystem {
  readonly system: LocalSystem;
  readonly throttles: ThrottlesInLog;
  /** Ends the run; then it rejects. */
  readonly signal: AbortSignal;
}

/** What is sent: the lines of files as messages, and what comes in by other ways. */
export interface RunInputs {
  readonly files: readonly InputFile[];
  readonly sendByOtherWays: (clients: LocalClients, system: LocalSystem) => Promise<readonly SentByWay[]>;
}

export interface RunResult {
  readonly facts: RunFacts;
  readonly notSent: SentAsIs["notSent"];
  /** How many had not ended when nothing moved any more. */
  readonly open: number;
  /** What the workers have told. */
  readonly outcomes: readonly ToldOutcome[];
}

/** Sends all of the inputs, and waits until each has become a contact or a dead letter. */
export async function runRequests({ files, sendByOtherWays }: RunInputs, running: RunningSystem): Promise<RunResult> {
  const { system, throttles } = running;
  const clients = localClients(system.endpoint);
  try {
    const startedAt = performance.now();
    const { sent: asMessages, notSent } = await sendAsIs(files, clients.sqs);
    const byOtherWays = await sendByOtherWays(clients, system);
    const sent = perOperation((operation) => asMessages[operation] + count(byOtherWays, operation));
    const total = sumOver(sent, (requests) => requests);
    tell(`${counted(total, "request")} on their way. The account's quota takes 2 a second of each Connect API.`);
    const open = await watch(total, running);
    const elapsedMs = performance.now() - startedAt;
    const deadLetters = await allDeadLetters(clients.sqs, system);
    const outcomes = toldOutcomes(system.eventBridge.events());
    const facts = {
      sent,
      notSent: notSent.length,
      connect: connectCounts(outcomes, throttles),
      deadLetters,
      elapsedMs,
      otherWays: countByWay(byOtherWays, outcomes),
    };
    return { facts, notSent, open, outcomes };
  } finally {
    clients.destroy();
  }
}

const count = (sent: readonly SentByWay[], operation: Operation): number =>
  sent.filter((each) => each.operation === operation).length;

/** What Connect did until now. */
export const countsOf = ({ system, throttles }: Omit<RunningSystem, "signal">): PerOperation<ConnectCounts> =>
  connectCounts(toldOutcomes(system.eventBridge.events()), throttles);

async function watch(total: number, running: RunningSystem): Promise<number> {
  const { system, signal } = running;
  const progress = startProgress(total);
  const onLook = () => {
    const connect = countsOf(running);
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
