import * as z from "zod";
import { printableAscii } from "./fields/printable-ascii.ts";
import { requestSource } from "./fields/request-source.ts";

/** Who asked for what, as far as a message says it legibly. */
export interface LegibleIdentity {
  readonly requestId: string | null;
  readonly source: string | null;
}

export const NOTHING_LEGIBLE: LegibleIdentity = { requestId: null, source: null };

const requestIdSchema = z.object({ requestId: printableAscii(128) });
const sourceSchema = z.object({ source: requestSource });

/** Reads the identity of a message whose other parts may be wrong. What does not fulfil the contract is not repeated. */
export const legibleIdentity = (candidate: unknown): LegibleIdentity => ({
  requestId: requestIdSchema.safeParse(candidate).data?.requestId ?? null,
  source: sourceSchema.safeParse(candidate).data?.source ?? null,
});
