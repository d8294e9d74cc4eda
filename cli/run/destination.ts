import * as z from "zod";
import { OPERATIONS, type Operation } from "#shared/contract/operation.ts";
import { parseJsonText } from "#shared/envelopes/json-text.ts";

const named = z.object({ operation: z.enum(OPERATIONS) });

/** Where an upstream that checks nothing would send a line that does not say where it belongs. */
const FALLBACK: Operation = "CreateContact";

/** The operation whose queue a line is for, however wrong the rest of it is. */
export function destination(text: string): Operation {
  const json = parseJsonText(text);
  return (json.ok ? named.safeParse(json.value).data?.operation : undefined) ?? FALLBACK;
}
