import type { History } from "../ledger/standing.ts";

/** What is known of a request that nobody can have tried, such as one that does not fulfil the contract. */
export const NEVER_TRIED: History = { attempts: 0, inDoubt: false };
