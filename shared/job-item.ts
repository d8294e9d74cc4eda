import * as z from "zod";
import { OPERATIONS } from "./contract/operation.ts";

/** What the state table holds of a job, under `jobKey`. Members that this version does not know are let pass. */
export const jobItemSchema = z.object({
  operation: z.enum(OPERATIONS),
  /** SHA-256, hex: of the template, the key and whatever else changes the requests. */
  templateHash: z.string(),
  /** SHA-256 of the file, hex. */
  fileHash: z.string(),
  fileBytes: z.int().nonnegative(),
  /** Epoch milliseconds. */
  startedAtMs: z.number(),
  /** Of a cancelled job nothing is fed, and what waits is answered before a slot is taken. */
  state: z.enum(["feeding", "fed", "cancelled"]),
  /** Epoch milliseconds; of a cancelled job. */
  cancelledAtMs: z.number().exactOptional(),
});

export type JobItem = z.output<typeof jobItemSchema>;
