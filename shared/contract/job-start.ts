import * as z from "zod";

/** What a start is known by: 12 hexadecimal digits, drawn anew for each. */
export const jobStartId = z.string().regex(/^[0-9a-f]{12}$/, { error: "must be 12 hexadecimal digits" });

/**
 * One start of a job. A name is begun anew where nothing of it was sent; what each start has stored and fed is kept apart
 * under its own id, so that no two are ever mixed.
 */
export interface JobStart {
  readonly job: string;
  readonly startId: string;
}
