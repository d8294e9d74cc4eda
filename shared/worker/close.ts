import type { Disposition } from "./disposition.ts";

/** Does what is left to do for a message, and answers with what becomes of it. */
export type Close = () => Promise<Disposition>;
