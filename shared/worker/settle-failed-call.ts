import type { CallFailure } from "../failures/call-failure.ts";
import { callFailureMessage } from "../failures/call-failure-message.ts";
import { type CapacityRefusals, countCapacityRefusal } from "../failures/capacity-refusals.ts";
import { type CallFailureKind, classifyCallFailure } from "../failures/classify-call-failure.ts";
import { countsAsAttempt } from "../failures/counts-as-attempt.ts";
import { leavesDoubt } from "../failures/leaves-doubt.ts";
import { type NextStep, nextStep } from "../failures/next-step.ts";
import type { Attempt } from "../ledger/standing.ts";
import type { CallEnd } from "./call-end.ts";
import { giveBack } from "./give-back.ts";
import { giveUp } from "./give-up.ts";
import { insist } from "./insist.ts";
import type { SlotInHand } from "./slot-in-hand.ts";
import { slotReport } from "./slot-report.ts";
import { settled } from "./step-end.ts";
import { note, type StepWork } from "./work.ts";

interface FailedAttempt {
  readonly attempt: Attempt;
  readonly failure: CallFailure;
}

/** Decides what becomes of a message whose call failed, and writes it down. */
export async function settleFailedCall(work: StepWork, hand: SlotInHand, failed: FailedAttempt): Promise<CallEnd> {
  const { worker } = work;
  const { attempt, failure } = failed;
  const kind = classifyCallFailure(failure);
  worker.rateLimiter.report(hand.slot, slotReport(kind));

  if (kind === "token-conflict") {
    // Another delivery may have had the answer that Connect now refuses to repeat.
    const standing = await worker.ledger.lookUp(work);
    if (standing.kind === "started") return { kind: "stands", standing };
  }
  const capacityRefusals = refusalsSoFar(work, hand, failed);
  const step = decide(work, hand, { kind, attempt, capacityRefusals });
  if (step.kind === "dead-letter") {
    const message = callFailureMessage(failure, step.as, worker.vocabulary);
    return settled(await giveUp(work, { code: failure.name, kind: step.as, message }, attempt));
  }
  const outcome = {
    kind: "unfinished",
    counts: countsAsAttempt(kind),
    leavesDoubt: leavesDoubt(kind),
    ...(capacityRefusals !== undefined && { capacityRefusals }),
  } as const;
  await insist(work, () => worker.ledger.finish(work, outcome, attempt));
  note(work, { text: "Call failed", level: "warn", kind, code: failure.name, attempts: attempt.attempts });
  if (step.kind === "again-in-place") {
    return { kind: "again", delayWithoutSlotMs: step.delayWithoutSlotMs };
  }
  return settled(giveBack(work, step.delayMs));
}

interface Verdict {
  readonly kind: CallFailureKind;
  readonly attempt: Attempt;
  readonly capacityRefusals: CapacityRefusals | undefined;
}

function decide({ worker }: StepWork, { calls }: SlotInHand, { kind, attempt, capacityRefusals }: Verdict): NextStep {
  const call = {
    kind,
    attempts: attempt.attempts,
    ageMs: worker.clock.now() - attempt.firstAttemptAtMs,
    callsInThisDelivery: calls,
    capacityRefusals: capacityRefusals?.count ?? 0,
  };
  return nextStep(call, worker.settings.retry, worker.random());
}

/** 402 may be about one request; 429 LimitExceeded never is. */
function refusalsSoFar(
  { worker }: StepWork,
  { slot }: SlotInHand,
  { attempt, failure }: FailedAttempt,
): CapacityRefusals | undefined {
  if (failure.status !== 402) return attempt.capacityRefusals;
  return countCapacityRefusal(attempt.capacityRefusals, slot.lastAcceptedAtMs, worker.clock.now());
}
