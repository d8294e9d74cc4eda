import type { Outcome } from "./outcome.ts";

/** The source of every event of ours, whatever the deployment's prefix: the bus is the deployment's own already. */
export const OUTCOME_SOURCE = "contact-requests";

/** An entry of EventBridge's PutEvents, without its bus. */
export interface OutcomeEntry {
  readonly Source: string;
  readonly DetailType: Outcome["detailType"];
  readonly Detail: string;
  readonly Time: Date;
}

/** The event that tells an outcome. */
export const outcomeEntry = ({ detailType, detail }: Outcome): OutcomeEntry => ({
  Source: OUTCOME_SOURCE,
  DetailType: detailType,
  Detail: JSON.stringify(detail),
  Time: new Date(detail.at),
});
