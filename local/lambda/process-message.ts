import * as z from "zod";

const functionError = z.object({ errorType: z.string(), errorMessage: z.string(), stack: z.string().optional() });

/** What the process of a function tells over its channel; bootstrap.ts writes these. */
export const processMessage = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("ready") }),
  z.object({ kind: z.literal("init-failed"), error: functionError }),
  /** `payload` is JSON. */
  z.object({ kind: z.literal("succeeded"), requestId: z.string(), payload: z.string() }),
  /** From movable-clock.ts: what it was told last is in force. */
  z.object({ kind: z.literal("clock-moved") }),
  z.object({ kind: z.literal("failed"), requestId: z.string(), error: functionError }),
]);

export type ProcessMessage = z.infer<typeof processMessage>;
