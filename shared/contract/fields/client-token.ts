import { text } from "./text.ts";

/**
 * The upstream's own idempotency token. The model allows an empty one, the contract does not: it is used unchanged, and an empty
 * token protects nobody from a second contact.
 */
export const clientToken = text({ min: 1, max: 500 });
