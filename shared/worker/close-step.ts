import { answerStanding } from "./answer-standing.ts";
import { closeWithContact } from "./close-with-contact.ts";
import type { Disposition } from "./disposition.ts";
import type { StepEnd } from "./step-end.ts";
import type { StepWork } from "./work.ts";

/** What becomes of a message whose last step has ended so. */
export async function closeStep(work: StepWork, end: StepEnd): Promise<Disposition> {
  switch (end.kind) {
    case "settled":
      return end.disposition;
    case "stands":
      return await answerStanding(work, end.standing);
    case "contact":
      return await closeWithContact(work, end.contact);
  }
}
