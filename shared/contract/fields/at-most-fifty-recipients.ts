import * as z from "zod";
import { rule } from "../rule.ts";

/** An e-mail has at most 50 recipients, and its destination is one of them. */
const MAX_ADDITIONAL = 49;

const lists = z.record(z.string(), z.unknown());

/** Stands on a structure of recipient lists, and counts over all of them. */
export const atMostFiftyRecipients = rule(lists, (recipients, refuse) => {
  const count = Object.values(recipients).reduce<number>(
    (sum, list) => sum + (Array.isArray(list) ? list.length : 0),
    0,
  );
  if (count <= MAX_ADDITIONAL) return;
  refuse(
    [],
    "too-long",
    `must hold at most ${MAX_ADDITIONAL} recipients in all: an e-mail goes to its destination and ${MAX_ADDITIONAL} more`,
  );
});
