import { LATE_FOR_A_DRAFT } from "../../contract/late-for-a-draft.ts";
import type { Operation } from "../../contract/operation.ts";
import type { PlanSettings } from "./plan-terms.ts";

/** From when on a row that is fed now is dead-lettered as too old, in epoch milliseconds. The e-mail with a draft is so sooner. */
export function staleFromMs(
  operation: Operation,
  { retention }: Pick<PlanSettings, "retention">,
  nowMs: number,
): number {
  const { queueSeconds, staleMarginSeconds } = retention;
  const marginSeconds =
    operation === "OutboundEmail" ? staleMarginSeconds * (1 + LATE_FOR_A_DRAFT) : staleMarginSeconds;
  return nowMs + (queueSeconds - marginSeconds) * 1_000;
}
