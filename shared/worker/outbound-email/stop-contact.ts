import { classifyCallFailure } from "../../failures/classify-call-failure.ts";
import type { Disposition } from "../disposition.ts";
import { giveBack } from "../give-back.ts";
import { growingDelayMs } from "../growing-delay-ms.ts";
import type { ContactPlace } from "../ports/connect.ts";
import { slotReport } from "../slot-report.ts";
import { takeSlot } from "../take-slot.ts";
import { type AcceptedWork, note } from "../work.ts";

/** What became of a contact that is to be ended. */
export type StopEnd =
  /** It has ended, or is not there any more. */
  | { readonly kind: "ended" }
  /** Connect refuses to end it, and would refuse it again. */
  | { readonly kind: "refused" }
  /** It could not be ended now. */
  | { readonly kind: "comes-back"; readonly disposition: Disposition };

/** https://docs.aws.amazon.com/connect/latest/APIReference/API_StopContact.html, Errors */
const GONE = ["ContactNotFoundException", "ResourceNotFoundException"];

/** Ends a contact, at the pace of StopContact's own quota. */
export async function stopContact(work: AcceptedWork, contact: ContactPlace): Promise<StopEnd> {
  const { connect, rateLimiter, settings } = work.worker;
  const taken = await takeSlot(work, { api: "StopContact" });
  if (taken.kind === "settled") return { kind: "comes-back", disposition: taken.disposition };

  const answer = await connect.stop(contact, settings.callTimeoutMs);
  if (answer.kind === "ended") {
    rateLimiter.report(taken.slot, "accepted");
    return answer;
  }
  const { failure } = answer;
  const kind = classifyCallFailure(failure);
  rateLimiter.report(taken.slot, slotReport(kind));
  if (GONE.includes(failure.name)) return { kind: "ended" };
  note(work, { text: "Call failed", level: "warn", api: "StopContact", kind, code: failure.name });
  if (kind === "rejected") return { kind: "refused" };
  return { kind: "comes-back", disposition: giveBack(work, growingDelayMs(work)) };
}
