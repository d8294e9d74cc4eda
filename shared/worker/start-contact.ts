import { answerStanding } from "./answer-standing.ts";
import { callConnect } from "./call-connect.ts";
import { closeStep } from "./close-step.ts";
import type { Disposition } from "./disposition.ts";
import { settleUntimely } from "./settle-untimely.ts";
import type { StepWork } from "./work.ts";

/** What the worker does with a request that takes one call: it makes the contact, or the e-mail on its draft. */
export async function startContact(work: StepWork): Promise<Disposition> {
  const standing = await work.worker.ledger.lookUp(work);
  if (standing.kind !== "open") return await answerStanding(work, standing);

  const untimely = await settleUntimely(work);
  if (untimely !== undefined) return untimely;

  return await closeStep(work, await callConnect(work));
}
