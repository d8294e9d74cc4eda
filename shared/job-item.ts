import * as z from "zod";
import { jobStartId } from "./contract/job-start.ts";
import { OPERATIONS } from "./contract/operation.ts";

/** What the state table holds of a job, under `jobKey`. Members that this version does not know are let pass. */
export const jobItemSchema = z.object({
  operation: z.enum(OPERATIONS),
  /** Of the start that the name belongs to: what is stored and fed under another id is of no account. */
  startId: jobStartId,
  /** SHA-256, hex: of the template, the key and whatever else changes the requests. */
  templateHash: z.string(),
  /** SHA-256 of the file, hex. */
  fileHash: z.string(),
  fileBytes: z.int().nonnegative(),
  /** Epoch milliseconds. */
  startedAtMs: z.number(),
  /** As in the start's description, which may have to be stored again: the files do not live as long as the job. */
  connectInstanceArns: z.array(z.string()).min(1),
  /**
   * While its files are being stored nothing is fed, and another start may take the name; from then on never more. Of a
   * cancelled job nothing is fed, and what waits is answered before a slot is taken.
   */
  state: z.enum(["storing", "feeding", "fed", "cancelled"]),
  /** Epoch milliseconds; of a cancelled job. */
  cancelledAtMs: z.number().exactOptional(),
});

export type JobItem = z.output<typeof jobItemSchema>;
