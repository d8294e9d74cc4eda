import type { FailureReport } from "../../failures/failure-report.ts";
import type { Delivery } from "../delivery.ts";

/** Where messages wait that cannot become a contact. */
export interface DeadLetters {
  /** Puts the message, as it came, beside the reason. Rejects if it could not: then the message must stay. */
  send(delivery: Delivery, report: FailureReport): Promise<void>;
}
