import * as z from "zod";
import { jsonLines } from "./json-lines.ts";

const rowSchema = z.strictObject({
  line: z.int(),
  key: z.string().nullable(),
  requestId: z.string().nullable(),
  state: z.enum(["started", "failed", "waiting", "refused", "cancelled"]),
  contactId: z.string().nullable(),
  code: z.string().nullable(),
  contact: z.enum(["made", "none", "calling", "unknown"]),
  attempts: z.int(),
  time: z.iso.datetime().nullable(),
  note: z.enum(["ContentDiffers"]).nullable(),
});

export type ReportedRow = z.output<typeof rowSchema>;

/** The lines of `backfill report --json`. */
export const reportedRows = (output: string): readonly ReportedRow[] => z.array(rowSchema).parse(jsonLines(output));
