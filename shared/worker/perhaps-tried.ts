import type { History } from "../ledger/standing.ts";

/** What is known of a request that an earlier delivery may have tried, where the ledger was not, or cannot be, asked. */
export const PERHAPS_TRIED: History = { attempts: 0, inDoubt: true };
