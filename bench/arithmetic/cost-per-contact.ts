import { ratio } from "./ratio.ts";
import type { Tally } from "./tally.ts";

/** What a contact takes of the services that are paid by request; null without contacts. */
export const costPerContact = (counts: Tally, contacts: number) => ({
  receivesPerContact: ratio(counts.receives, contacts),
  sqsRequestsPerContact: ratio(counts.sqsRequests, contacts),
  dynamoWritesPerContact: ratio(counts.dynamoWrites, contacts),
  failedConditionsPerContact: ratio(counts.failedConditions, contacts),
  dynamoReadsPerContact: ratio(counts.dynamoReads, contacts),
});
