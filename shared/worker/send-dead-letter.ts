import type { FailureReport } from "../failures/failure-report.ts";
import { faultOf } from "./fault-of.ts";
import { note, type Work } from "./work.ts";

/** Puts a message into the dead-letter queue, with the reason beside it. Answers whether it is there. */
export async function sendDeadLetter(work: Work, report: FailureReport): Promise<boolean> {
  const { failure, attempts } = report;
  const facts = { kind: failure.kind, code: failure.code, attempts };
  try {
    await work.worker.deadLetters.send(work.delivery, report);
    note(work, { text: "Contact request dead-lettered", level: "warn", ...facts });
    return true;
  } catch (error) {
    note(work, { text: "Dead letter could not be sent", level: "error", ...facts, fault: faultOf(error) });
    return false;
  }
}
